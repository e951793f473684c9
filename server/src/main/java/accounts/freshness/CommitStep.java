package accounts.freshness;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.cache.CellVersion;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.service.CommitListener;
import accounts.service.Stamp;
import accounts.service.WriteEffects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Updates the cells of all keys that a write changed or relied on, before the write is
 * acknowledged. If the cache does not answer, it keeps retrying; leaves a notice, so that an
 * instance that reaches the cache does it; and raises epochs if no instance does.
 */
public final class CommitStep implements CommitListener {

  private final CellStep step;
  private final EpochLease lease;
  private final Barrier barrier;
  private final Escalation escalation;
  private final ScheduledExecutorService timer;

  /**
   * @param barrier the last resort, for writes whose cells no instance can update
   * @param escalation what to do, and when, if the cache does not answer
   * @param timer waits; must not be blocked
   */
  public CommitStep(
      CellStep step,
      EpochLease lease,
      Barrier barrier,
      Escalation escalation,
      ScheduledExecutorService timer) {
    this.step = step;
    this.lease = lease;
    this.barrier = barrier;
    this.escalation = escalation;
    this.timer = timer;
  }

  /**
   * A key, what its cell must hold, and what is known about the cell.
   *
   * @param revision the oldest revision that later reads may return
   */
  record Target(
      EntityKey<?> key,
      Revision revision,
      CellRequirement requirement,
      Optional<CellVersion> seen) {}

  @Override
  public CompletableFuture<Void> committed(WriteEffects effects, CallScope scope) {
    return scope.step("settle", own -> settled(effects, own));
  }

  @Override
  public CompletableFuture<Void> replayed(WriteEffects effects, CallScope scope) {
    return scope.step("settle", own -> settled(effects, own));
  }

  /**
   * The view must be one that is valid after the commit: while this instance's lease on it lasts,
   * no instance uses cells of a later incarnation.
   */
  private CompletableFuture<Void> settled(WriteEffects effects, CallScope scope) {
    if (keys(effects).isEmpty()) { // a refusal because of what never was
      return CompletableFuture.completedFuture(null);
    }
    Optional<EpochView> now = lease.view();
    if (now.isPresent()) {
      return settled(targets(effects, now.get()), now.get(), scope);
    }
    return lease
        .awaitView(escalation.limit())
        .thenCompose(view ->
            view.isPresent()
                ? settled(targets(effects, view.get()), view.get(), scope)
                : scope.step("settle.raise", own -> barrier.raise(keys(effects), own)));
  }

  /** Returns the keys of which later reads may not return just any answer. */
  private static Set<EntityKey<?>> keys(WriteEffects effects) {
    Set<EntityKey<?>> keys = new HashSet<>(effects.changed().keySet());
    effects
        .reliedOn()
        .forEach((key, revision) -> {
          if (!revision.equals(Revision.NONE)) {
            keys.add(key);
          }
        });
    return keys;
  }

  private static List<Target> targets(WriteEffects effects, EpochView view) {
    List<Target> targets = new ArrayList<>();
    effects
        .changed()
        .forEach((key, answer) -> targets.add(changed(key, answer, effects.stamp(key), view)));
    effects
        .reliedOn()
        .forEach((key, revision) -> {
          boolean known =
              stamp(effects.stamp(key), view).filter(stamp -> stamp.settles(revision)).isPresent();
          if (!known && !revision.equals(Revision.NONE)) {
            targets.add(
                new Target(key, revision, new CellRequirement.AtLeast(revision), Optional.empty()));
          }
        });
    return targets;
  }

  /** Without an epoch from before the commit the answer cannot be stored in the cell. */
  private static Target changed(EntityKey<?> key, Lookup<?> answer, Stamp seen, EpochView view) {
    Revision revision = answer.revision();
    return stamp(seen, view)
        .map(stamp ->
            new Target(
                key,
                revision,
                new CellRequirement.Committed(answer, stamp.view().epochOf(key)),
                stamp.version().get()))
        .orElseGet(() ->
            new Target(key, revision, new CellRequirement.AtLeast(revision), Optional.empty()));
  }

  /** A stamp of another incarnation belongs to another cell. */
  private static Optional<CellStamp> stamp(Stamp stamp, EpochView view) {
    return stamp instanceof CellStamp cell && cell.view().isSameIncarnation(view)
        ? Optional.of(cell)
        : Optional.empty();
  }

  private CompletableFuture<Void> settled(List<Target> targets, EpochView view, CallScope scope) {
    return targets.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : new Settlement(targets, view, step, barrier, escalation, timer, scope).run();
  }

  @Override
  public CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope) {
    Optional<EpochView> view = lease.view();
    if (view.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<CompletableFuture<CellStep.Result>> steps = new ArrayList<>();
    keys.forEach(key ->
        steps.add(
            step.settle(
                view.get().cellOf(key), new CellRequirement.Unknown(), Optional.empty(), scope)));
    return Futures.allOf(steps);
  }
}
