package accounts.service;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CapturedLog;
import accounts.async.ManualTimer;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.store.DeletionStore;
import accounts.store.OpenDeletion;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the sweeper's log says; what it does is in {@link DeletionsTest}. */
final class DeletionSweeperTest extends MutationFixture {

  private static final Duration PERIOD = Duration.ofSeconds(60);
  private static final CompletableFuture<List<OpenDeletion>> NONE_OPEN =
      CompletableFuture.completedFuture(List.of());

  @AutoClose private final CapturedLog log = CapturedLog.of(DeletionSweeper.class);
  private final ManualTimer clock = new ManualTimer();
  private CompletableFuture<List<OpenDeletion>> open = NONE_OPEN;

  @Test
  void start_storeFailsAndIsThereAgain_saysBothThoughNothingWasLeft() {
    DeletionStore store =
        (DeletionStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DeletionStore.class},
                (proxy, method, arguments) -> open);
    new DeletionSweeper(
            store,
            new Deletions(this.store, store, executor, Duration.ofDays(30)),
            PERIOD,
            clock,
            () -> {},
            clock::nanoTime)
        .start();

    open =
        CompletableFuture.failedFuture(
            new AccountException(new StoreUnavailable(Duration.ofMillis(500))));
    clock.advance(PERIOD.multipliedBy(3));
    open = NONE_OPEN;
    clock.advance(PERIOD.multipliedBy(3));

    assertThat(log.lines()).hasSizeGreaterThan(1);
    assertThat(log.lines().getFirst()).startsWith("WARN deletions that were left unfinished");
    assertThat(log.lines().getLast()).startsWith("INFO unfinished deletions are finished again");
  }
}
