package accounts.repair;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Handles the events of the table's stream. */
public interface ChangeListener {

  /**
   * Handles a batch of events. Events may be delivered more than once.
   *
   * @param events in the order of the stream, at most one {@link StreamEvent.Changed} for a key
   * @return completes when the batch has been dealt with; if it fails, the batch is delivered
   *     again. Fails with {@link CacheUnreachableException} if another instance should handle it
   *     instead
   */
  CompletableFuture<Void> handle(List<StreamEvent> events);
}
