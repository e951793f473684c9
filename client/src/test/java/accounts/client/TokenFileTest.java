package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenFileTest {

  @TempDir private Path folder;

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void get_fileReplaced_isReadAgainAfterAWhile() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    TokenFile token = new TokenFile(file, nanos::get);
    assertThat(token.get()).isEqualTo("first");
    Files.writeString(file, "second");
    assertThat(token.get()).isEqualTo("first");
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(token.get()).isEqualTo("second");
  }

  @Test
  void get_fileEmptyOrGoneLater_isTheLastOne() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first");
    TokenFile token = new TokenFile(file, nanos::get);
    assertThat(token.get()).isEqualTo("first");
    Files.writeString(file, "\n");
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(token.get()).isEqualTo("first");
    Files.delete(file);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(token.get()).isEqualTo("first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\nb", "Bearer a", "\u00e9", "a=b"})
  void get_noSingleToken_namesTheFileAndShowsNothingOfIt(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), content);

    assertThatThrownBy(new TokenFile(file, nanos::get)::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "%s has more than a token, or none (expected: one word of letters, digits, '-', '.', '_', '~', '+', '/' and '=')",
            file);
  }

  @Test
  void get_noSingleTokenLater_isTheLastOne() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first");
    TokenFile token = new TokenFile(file, nanos::get);
    assertThat(token.get()).isEqualTo("first");
    Files.writeString(file, "a b");
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(token.get()).isEqualTo("first");
  }

  @Test
  void get_everyCharacterOfATokenAndPadding_isTheToken() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "aZ09-._~+/==\n");

    assertThat(new TokenFile(file, nanos::get).get()).isEqualTo("aZ09-._~+/==");
  }

  @Test
  void get_fileMissing_namesIt() {
    Path file = folder.resolve("missing");

    assertThatThrownBy(new TokenFile(file, nanos::get)::get)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void get_fileEmptyFromTheStart_namesItUntilItIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "\n");
    TokenFile token = new TokenFile(file, nanos::get);
    assertThatThrownBy(token::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("%s is empty (expected: a token)", file);
    Files.writeString(file, "first");

    assertThat(token.get()).isEqualTo("first");
  }
}
