package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** Tests messages about files. */
final class FileFaultsTest {

  @Test
  void message_exceptionWithTheNameOnly_saysWhatIsWrong() {
    assertThat(FileFaults.message(new NoSuchFileException("a"))).isEqualTo("a: no such file");
    assertThat(FileFaults.message(new AccessDeniedException("a")))
        .isEqualTo("a: permission denied");
    assertThat(FileFaults.message(new DirectoryNotEmptyException("a")))
        .isEqualTo("a: a folder that is not empty");
  }

  @Test
  void message_exceptionWithAReason_isItsMessage() {
    assertThat(FileFaults.message(new FileSystemException("a", null, "Read-only file system")))
        .isEqualTo("a: Read-only file system");
    assertThat(FileFaults.message(new IOException("no space"))).isEqualTo("no space");
  }
}
