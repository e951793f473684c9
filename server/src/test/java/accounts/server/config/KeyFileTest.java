package accounts.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFileTest {

  @TempDir private Path folder;

  @Test
  void read_keyWithSpaceAround_isTheKey() throws Exception {
    assertThat(file(" ey.top_secret+/=~\n").read()).isEqualTo("ey.top_secret+/=~");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "top\nsecret", "top secret", "top\u0000secret", "topsecré"})
  void read_contentThatIsNoKey_isRefusedAndNotShown(String content) throws IOException {
    KeyFile file = file(content);

    assertThatThrownBy(file::read)
        .isInstanceOf(IOException.class)
        .hasMessageMatching("empty|not one word of ASCII characters");
  }

  @Test
  void read_longContent_isRefused() throws Exception {
    assertThat(file("k".repeat(16 * 1024)).read()).hasSize(16 * 1024);
    KeyFile longer = file("k".repeat(16 * 1024 + 1));

    assertThatThrownBy(longer::read).hasMessage("longer than 16384 bytes");
  }

  @Test
  void read_missing_saysWhere() {
    assertThatThrownBy(new KeyFile(folder.resolve("none"))::read)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageEndingWith("/none");
  }

  /** As the kubelet does it: the file is a link into a folder that is a link. */
  @Test
  void read_folderBehindLinkReplaced_isTheNewKey() throws Exception {
    KeyFile file = new KeyFile(folder.resolve("data/api-key"));
    link("first");
    assertThat(file.read()).isEqualTo("first");
    link("second");

    assertThat(file.read()).isEqualTo("second");
  }

  private void link(String key) throws IOException {
    Path version = Files.createDirectory(folder.resolve(key));
    Files.writeString(version.resolve("api-key"), key);
    Path link = Files.createSymbolicLink(folder.resolve("next"), version);
    Files.move(link, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private KeyFile file(String content) throws IOException {
    return new KeyFile(Files.writeString(folder.resolve("key"), content));
  }
}
