package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.ManualTimer;
import accounts.store.dynamodb.TableCheck.Table;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class LateTableIdTest {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final ManualTimer time = new ManualTimer();
  private final CompletableFuture<String> id = new CompletableFuture<>();
  private final Queue<CompletableFuture<Table>> answers = new ArrayDeque<>();

  @Test
  void start_describedAtLast_completesTheId() {
    answers.add(CompletableFuture.failedFuture(new IllegalStateException("throttled")));
    answers.add(CompletableFuture.completedFuture(new Table("", List.of("not there"))));
    answers.add(CompletableFuture.completedFuture(new Table("table-1", List.of())));
    new LateTableId(answers::remove, id, PAUSE, time).start();

    time.advance(PAUSE.multipliedBy(2));
    assertThat(id).isNotDone();
    time.advance(PAUSE.multipliedBy(2));

    assertThat(id).isCompletedWithValue("table-1");
    assertThat(answers).isEmpty();
  }
}
