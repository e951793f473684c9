package accounts.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CgroupFolderTest {

  @TempDir private Path parent;

  @Test
  void create_limitsWritten_isThereWithThem() throws IOException {
    Path folder = parent.resolve("group");
    CgroupFolder.create(folder, Map.of("memory.max", "1048576"));

    assertThat(folder.resolve("memory.max")).hasContent("1048576");
  }

  @Test
  void create_limitNotWritten_leavesNoFolder() {
    Path folder = parent.resolve("group");

    assertThatThrownBy(() -> CgroupFolder.create(folder, Map.of("no such folder/limit", "1")))
        .isInstanceOf(IOException.class);
    assertThat(parent).isEmptyDirectory();
  }
}
