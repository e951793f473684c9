package accounts.repair;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Is told what the table's stream says. */
public interface ChangeListener {

  /**
   * Takes a batch of events. The same may be told again.
   *
   * @param events in the order of the stream, at most one {@link StreamEvent.Changed} for a key
   * @return completes when they need not be told again; where it fails, they are. Fails with {@link
   *     CacheUnreachableException} if another instance had better be told instead
   */
  CompletableFuture<Void> handle(List<StreamEvent> events);
}
