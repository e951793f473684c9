package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which targets are loopback addresses, for which TLS is off by default. */
final class TargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:50051",
        "LOCALHOST:50051",
        "127.0.0.1:50051",
        "127.8.9.10:1",
        "[::1]:50051",
        "dns:localhost:50051",
        "dns:///localhost:50051",
        "dns://8.8.8.8/localhost:50051",
        "dns:///[::1]:50051"
      })
  void isLoopback_ofThisMachine_isTrue(String target) {
    assertThat(Target.isLoopback(target)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accounts:50051",
        "accounts.example.com",
        "10.0.0.1:50051",
        "127.0.0.1.example.com:50051",
        "localhost.example.com:50051",
        "dns:///accounts:50051",
        "dns://localhost/accounts:50051",
        "[::2]:50051",
        "xds:///localhost:50051",
        "localhost@evil.example:50051",
        "127.0.0.1:50051,10.0.0.1:50051",
        ""
      })
  void isLoopback_ofAnythingElse_isFalse(String target) {
    assertThat(Target.isLoopback(target)).isFalse();
  }
}
