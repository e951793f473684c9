package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares the service config, as callers in all languages have it, with the contract. */
final class ServiceConfigTest {

  private final List<Map<?, ?>> methods = methods();

  @Test
  void methods_inTheFile_areAllReadsAndThenAllWrites() {
    assertThat(methods).hasSize(2);
    assertThat(names(0)).isEqualTo(contract(MethodDescriptor::isSafe));
    assertThat(names(1)).isEqualTo(contract(method -> !method.isSafe()));
  }

  /**
   * A timeout would cut longer deadlines of callers short, and in C++, Python and Ruby it is about
   * a second shorter than it says (github.com/grpc/grpc/issues/34547).
   */
  @Test
  void methods_inTheFile_haveNoTimeout() {
    assertThat(methods).allSatisfy(method -> assertThat(method.containsKey("timeout")).isFalse());
  }

  @Test
  void healthCheck_inTheFile_isOfTheNameThatIsServingWhenReady() {
    assertThat(ServiceConfig.get().get("healthCheckConfig"))
        .isEqualTo(Map.of("serviceName", AccountServiceGrpc.SERVICE_NAME));
  }

  private static List<Map<?, ?>> methods() {
    return objects(ServiceConfig.get().get("methodConfig"));
  }

  private Set<String> names(int index) {
    return objects(methods.get(index).get("name")).stream()
        .map(name -> name.get("service") + "/" + name.get("method"))
        .collect(Collectors.toSet());
  }

  private static List<Map<?, ?>> objects(@Nullable Object list) {
    List<Map<?, ?>> objects = new ArrayList<>();
    for (Object element : (List<?>) Objects.requireNonNull(list)) {
      objects.add((Map<?, ?>) element);
    }
    return objects;
  }

  private static Set<String> contract(Predicate<MethodDescriptor<?, ?>> which) {
    return AccountServiceGrpc.getServiceDescriptor().getMethods().stream()
        .filter(which)
        .map(MethodDescriptor::getFullMethodName)
        .collect(Collectors.toSet());
  }
}
