package accounts.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The classes of fabric8's model of the Kubernetes API by apiVersion and kind. */
final class Models {

  private static final Map<String, Class<?>> CLASSES =
      ServiceLoader.load(KubernetesResource.class).stream()
          .<Class<?>>map(ServiceLoader.Provider::type)
          .filter(HasMetadata.class::isAssignableFrom)
          .collect(Collectors.toMap(Models::key, type -> type, (first, second) -> first));

  private Models() {}

  static Optional<Class<?>> of(Manifest manifest) {
    return Optional.ofNullable(CLASSES.get(key(manifest.apiVersion(), manifest.kind())));
  }

  private static String key(Class<?> type) {
    return key(HasMetadata.getApiVersion(type), HasMetadata.getKind(type));
  }

  private static String key(String apiVersion, String kind) {
    return apiVersion + " " + kind;
  }
}
