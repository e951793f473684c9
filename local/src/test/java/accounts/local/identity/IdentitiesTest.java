package accounts.local.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentitiesTest {

  private static final Pattern FILE = Pattern.compile("[^ '()]+\\.(?:pem|key|token)");

  @TempDir private Path temporary;

  @Test
  void write_folderThatIsNotThere_isForTheUserOnly() throws Exception {
    Path folder = temporary.resolve("secure");
    Identities.write(folder);

    assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
    assertThat(folder.resolve("identity.yaml")).content().contains(folder + "/keys.json");
  }

  @Test
  void write_twice_replacesTheFiles() throws Exception {
    Identities.write(temporary);
    String token = Files.readString(temporary.resolve("olivia.token"));
    Identities.write(temporary);

    assertThat(temporary.resolve("olivia.token")).content().isNotEqualTo(token);
  }

  @Test
  void calls_afterWrite_nameItsFilesAndTheServer() throws Exception {
    Identities.write(temporary);
    List<String> calls = Calls.of(temporary, "127.0.0.1:1234").subList(1, 5);

    assertThat(calls)
        .allSatisfy(call -> {
          assertThat(call).contains(" 127.0.0.1:1234 ");
          assertThat(FILE.matcher(call).results().map(file -> Path.of(file.group())))
              .hasSizeGreaterThanOrEqualTo(2)
              .allMatch(Files::exists);
        });
  }

  @Test
  void calls_folderInTheCurrentOne_areShort() {
    assertThat(Calls.of(Path.of("target", "secure"), "localhost:1").get(2))
        .isEqualTo(
            "  grpcurl -cacert target/secure/ca.pem -H \"authorization: Bearer $(cat"
                + " target/secure/olivia.token)\" -d '{\"username\":\"olivia\"}' localhost:1"
                + " accounts.v1.AccountService/GetUser");
  }
}
