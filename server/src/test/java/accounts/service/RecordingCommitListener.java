package accounts.service;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Keeps a {@link CachingReader} fresh, and remembers what it was told. */
final class RecordingCommitListener implements CommitListener {

  private final CachingReader reader;

  final List<WriteEffects> committed = Collections.synchronizedList(new ArrayList<>());
  final List<WriteEffects> replayed = Collections.synchronizedList(new ArrayList<>());
  final List<Set<EntityKey<?>>> unknown = Collections.synchronizedList(new ArrayList<>());

  /** What was told is fresh when this is complete. */
  volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  RecordingCommitListener(CachingReader reader) {
    this.reader = reader;
  }

  @Override
  public CompletableFuture<Void> committed(WriteEffects effects, CallScope scope) {
    committed.add(effects);
    return gate.thenRun(() -> apply(effects));
  }

  @Override
  public CompletableFuture<Void> replayed(WriteEffects effects, CallScope scope) {
    replayed.add(effects);
    return gate.thenRun(() -> apply(effects));
  }

  private void apply(WriteEffects effects) {
    effects.changed().forEach(reader::put);
    effects.reliedOn().forEach(reader::require);
  }

  @Override
  public CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope) {
    unknown.add(keys);
    keys.forEach(reader::drop);
    return CompletableFuture.completedFuture(null);
  }
}
