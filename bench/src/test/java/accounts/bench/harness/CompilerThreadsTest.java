package accounts.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompilerThreadsTest {

  @TempDir private Path tasks;

  private void thread(String id, String name, long nanos) throws IOException {
    Path thread = Files.createDirectories(tasks.resolve(id));
    Files.writeString(thread.resolve("comm"), name + "\n");
    Files.writeString(thread.resolve("schedstat"), nanos + " 17 3\n");
  }

  @Test
  void taken_compilersAndOthers_isThatOfTheCompilers() throws IOException {
    thread("10", "C1 CompilerThre", 1_000);
    thread("11", "C2 CompilerThre", 20_000);
    thread("12", "grpc-1-1", 300_000);

    assertThat(new CompilerThreads(tasks).taken()).isEqualTo(Duration.ofNanos(21_000));
  }

  @Test
  void taken_compilerHasEnded_keepsWhatItTook() throws IOException {
    thread("10", "C2 CompilerThre", 1_000);
    thread("11", "C2 CompilerThre", 500);
    CompilerThreads compilers = new CompilerThreads(tasks);
    assertThat(compilers.taken()).isEqualTo(Duration.ofNanos(1_500));
    Files.delete(tasks.resolve("10/comm"));
    Files.delete(tasks.resolve("10/schedstat"));
    Files.delete(tasks.resolve("10"));
    thread("11", "C2 CompilerThre", 700);

    assertThat(compilers.taken()).isEqualTo(Duration.ofNanos(1_700));
  }

  @Test
  void taken_threadThatCannotBeRead_fails() throws IOException {
    Files.createDirectories(tasks.resolve("10"));

    assertThatThrownBy(() -> new CompilerThreads(tasks).taken())
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void taken_notOnLinux_isZero() {
    assertThat(new CompilerThreads(tasks.resolve("missing")).taken()).isZero();
  }

  @Test
  void taken_thisJvm_grows() {
    CompilerThreads own =
        new CompilerThreads(
            Path.of("/proc", String.valueOf(ProcessHandle.current().pid()), "task"));

    assertThat(own.taken()).isPositive();
  }
}
