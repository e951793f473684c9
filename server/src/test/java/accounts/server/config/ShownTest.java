package accounts.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShownTest {

  private static final String KEY =
      "eyJlbmRwb2ludCI6ImNlbGwuZXhhbXBsZSIsImFwaV9rZXkiOiJ0b3BzZWNyZXQifQ==";

  @ParameterizedTest
  @CsvSource({
    "http://user:topsecret@127.0.0.1:8000, http://***@127.0.0.1:8000",
    "https://topsecret@example.com/a@b, https://***@example.com/a@b",
    "eyJhbGciOi.topsecret.x, eyJ*** (22 characters)",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, wJa*** (40 characters)",
  })
  void of_secret_isNotShown(String value, String shown) {
    assertThat(Shown.of(value)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10s",
        "accounts-production",
        "http://127.0.0.1:8000",
        "dynamodb-streams.eu-west-1.api.aws.example.internal:443",
        "/var/run/secrets/kubernetes.io/serviceaccount/token"
      })
  void of_anythingElse_isShown(String value) {
    assertThat(Shown.of(value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACCOUNTS_TABLE",
        "ACCOUNTS_CACHE",
        "ACCOUNTS_GRPC_PORT",
        "ACCOUNTS_EPOCH_LEASE",
        "ACCOUNTS_IDENTITY",
        "AWS_REGION",
        "AWS_ENDPOINT_URL_DYNAMODB",
        "MOMENTO_API_KEY_FILE",
        "MOMENTO_LOCAL_ENDPOINT"
      })
  void read_keyInTheWrongVariable_isShownNowhere(String variable) {
    Map<String, String> variables = Map.of(variable, KEY);
    List<String> faults = List.of();
    String settings = "";
    try {
      settings = ConfigurationReader.read(variables, () -> true).effective().toString();
    } catch (ConfigurationException e) {
      faults = e.faults();
    }

    assertThat(faults).isNotEmpty().allSatisfy(fault -> assertThat(fault).doesNotContain(KEY));
    assertThat(settings).doesNotContain(KEY);
  }

  @Test
  void effective_keyThatIsAValidName_isNotShown() throws ConfigurationException {
    String key = KEY.replace("=", "");
    Configuration configuration =
        ConfigurationReader.read(
            Map.of("ACCOUNTS_CACHE", key, "MOMENTO_LOCAL_ENDPOINT", "127.0.0.1:8080"), () -> true);

    assertThat(configuration.cache().name()).isEqualTo(key);
    assertThat(configuration.effective().toString()).doesNotContain(key);
    assertThat(configuration.changed().toString()).doesNotContain(key);
  }
}
