package accounts.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what is read of the program's lines; Node.js must be installed. */
final class NodeLoadTest {

  @TempDir Path folder;

  @Test
  void lines_ofTheProgram_areCallsAndAttempts() throws Exception {
    Path program = folder.resolve("load.mjs");
    Files.writeString(
        program,
        """
        process.stdin.resume(); // until it is closed
        console.log('{"call":"read","millis":1.5,"code":"OK"}');
        console.log('{"call":"write","millis":2,"code":"UNAVAILABLE"}');
        console.log('{"call":"write","millis":0,"code":"DROPPED"}');
        console.log('{"attempts":{"127.0.0.1:1":3,"127.0.0.1:2":2},"calls":4}');
        """);
    long began = System.nanoTime() - Duration.ofSeconds(1).toNanos();
    NodeLoad load =
        new NodeLoad(program, folder, List.of(), "", new Population(List.of("a")), 1, 1);

    load.close();

    Samples samples = load.in(new Period("all", began, System.nanoTime()));
    assertThat(samples.offered()).isEqualTo(3);
    assertThat(samples.answered().offered()).isEqualTo(1);
    assertThat(samples.failures()).isEqualTo("1 UNAVAILABLE, 1 not sent");
    assertThat(load.retries()).isEqualTo(1);
    assertThat(load.byAddress()).isEqualTo(Map.of("127.0.0.1:1", 3L, "127.0.0.1:2", 2L));
  }
}
