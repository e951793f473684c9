package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Remembers what it was raised for, and stands when the test says so. */
public final class RecordingBarrier implements Barrier {

  /** The keys of each raise. */
  public final List<Set<EntityKey<?>>> raised = Collections.synchronizedList(new ArrayList<>());

  /** The barrier stands when this is complete. */
  public volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  @Override
  public CompletableFuture<Void> raise(Collection<EntityKey<?>> keys, CallScope scope) {
    raised.add(Set.copyOf(keys));
    return gate;
  }
}
