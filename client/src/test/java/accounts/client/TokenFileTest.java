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
