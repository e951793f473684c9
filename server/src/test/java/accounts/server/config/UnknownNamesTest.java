package accounts.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnknownNamesTest {

  @ParameterizedTest
  @CsvSource({
    "ACCOUNTS_EPOCH_LAESE, ACCOUNTS_EPOCH_LEASE",
    "ACCOUNTS_STOREREADS, ACCOUNTS_STORE_READS",
    "ACCOUNTS_ADMN_PORT, ACCOUNTS_ADMIN_PORT",
    "ACCOUNTS_GRPC_PORTS, ACCOUNTS_GRPC_PORT",
  })
  void in_misspeltName_isNamedWithTheNearest(String name, String nearest) {
    assertThat(in(Map.of(name, "secret")))
        .containsExactly("%s: no such setting, ignored (nearest: %s)".formatted(name, nearest));
  }

  @Test
  void in_namesThatAreKnown_areNone() {
    assertThat(in(Map.of("ACCOUNTS_TABLE", "accounts", "PATH", "/bin", "MOMENTO_API", "x")))
        .isEmpty();
  }

  @Test
  void in_namesOfTheClient_areNone() {
    assertThat(in(Map.of("ACCOUNTS_ADDRESS", "a:1", "ACCOUNTS_CA", "/ca"))).isEmpty();
  }

  /** Where enableServiceLinks is on. */
  @ParameterizedTest
  @CsvSource({
    "ACCOUNTS_SERVICE_HOST, 10.0.0.1",
    "ACCOUNTS_SERVICE_PORT, 50051",
    "ACCOUNTS_SERVICE_PORT_GRPC, 50051",
    "ACCOUNTS_PORT, tcp://10.0.0.1:50051",
    "ACCOUNTS_PORT_50051_TCP, tcp://10.0.0.1:50051",
    "ACCOUNTS_PORT_50051_TCP_ADDR, 10.0.0.1",
    "ACCOUNTS_BACKENDS_SERVICE_HOST, 10.0.0.2",
    "ACCOUNTS_BACKENDS_PORT, tcp://10.0.0.2:8000",
    "ACCOUNTS_BACKENDS_PORT_8000_TCP_PROTO, tcp",
  })
  void in_namesThatKubernetesAdds_areNone(String name, String value) {
    assertThat(in(Map.of(name, value))).isEmpty();
  }

  private static List<String> in(Map<String, String> variables) {
    return UnknownNames.in(
        variables, DeclaredVariables.all().stream().map(Variable::name).toList());
  }
}
