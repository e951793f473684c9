package accounts.k8s;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rule that a server takes plaintext, or calls of anybody, only where its cache is a local one:
 * such a server is there to be tried out.
 */
final class PlaintextOnlyLocally implements Rule {

  private static final Set<String> OPEN = Set.of("ACCOUNTS_GRPC_PLAINTEXT", "ACCOUNTS_ANONYMOUS");
  private static final String LOCAL = "MOMENTO_LOCAL_ENDPOINT";

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle.containers().flatMap(container -> check(bundle, container));
  }

  private static Stream<Fault> check(Bundle bundle, ManifestField container) {
    List<Settings.Setting> settings = Settings.of(bundle, container).toList();
    Set<String> names = settings.stream().map(Settings.Setting::name).collect(Collectors.toSet());
    return settings.stream()
        .filter(setting -> !names.contains(LOCAL))
        .filter(setting -> OPEN.contains(setting.name()) && setting.value().is(true))
        .map(setting -> setting.value().fault("true only with " + LOCAL));
  }
}
