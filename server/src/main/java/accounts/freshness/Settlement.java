package accounts.freshness;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.cache.CellVersion;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.freshness.CommitStep.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Settles the cells of one write before its acknowledgement: retries each cell until the cache
 * answers, and runs the escalation in parallel. Whichever succeeds first ends it.
 */
final class Settlement {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

  private final EpochView view;
  private final CellStep step;
  private final Barrier barrier;
  private final Escalation escalation;
  private final ScheduledExecutorService timer;
  private final Map<EntityKey<?>, Target> open = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();

  /** Of the retries, which continue during the raise. */
  private final CallScope tries;

  /** Of the raise. */
  private final CallScope scope;

  Settlement(
      List<Target> targets,
      EpochView view,
      CellStep step,
      Barrier barrier,
      Escalation escalation,
      ScheduledExecutorService timer,
      CallScope scope) {
    this.view = view;
    this.step = step;
    this.barrier = barrier;
    this.escalation = escalation;
    this.timer = timer;
    this.scope = scope;
    this.tries = CallScope.of(escalation.limit().plus(scope.remaining()), scope.trace());
    targets.forEach(target -> open.put(target.key(), target));
  }

  /**
   * Fails as the raise does; if the timer is shut down, the write cannot be acknowledged either.
   */
  CompletableFuture<Void> run() {
    List.copyOf(open.values()).forEach(target -> attempt(target, target.seen(), FIRST_PAUSE));
    after(escalation.noticeAfter(), this::escalate);
    var unused = settled.whenComplete((nothing, failure) -> tries.cancel());
    return settled;
  }

  private void after(Duration pause, Runnable action) {
    if (settled.isDone()) {
      return;
    }
    try {
      ScheduledFuture<?> task = timer.schedule(action, pause.toNanos(), TimeUnit.NANOSECONDS);
      var unused = settled.whenComplete((nothing, failure) -> task.cancel(false));
    } catch (RejectedExecutionException e) {
      settled.completeExceptionally(e);
    }
  }

  private void attempt(Target target, Optional<CellVersion> seen, Duration pause) {
    var unused =
        step.settle(view.cellOf(target.key()), target.requirement(), seen, tries)
            .thenAccept(result -> {
              switch (result) {
                case SETTLED -> close(target);
                case UNREACHED -> again(target, pause);
              }
            });
  }

  private void again(Target target, Duration pause) {
    after(pause, () -> attempt(target, Optional.empty(), longer(pause)));
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private void close(Target target) {
    open.remove(target.key());
    if (open.isEmpty()) {
      settled.complete(null);
    }
  }

  private void escalate() {
    if (escalation.repairActive().getAsBoolean()) {
      leaveNotice();
    }
    after(escalation.limit().minus(escalation.noticeAfter()), this::raise);
  }

  /** A notice that fails changes nothing: the writer's own retries and the raise continue. */
  private void leaveNotice() {
    Map<EntityKey<?>, Target> asked = Map.copyOf(open);
    Map<EntityKey<?>, Revision> keys = new HashMap<>();
    asked.forEach((key, target) -> keys.put(key, target.revision()));
    var unused =
        tries
            .step("settle.notice", own -> escalation.notices().leave(keys))
            .thenRun(() -> asked.values().forEach(this::close));
  }

  private void raise() {
    var unused =
        scope
            .step("settle.raise", own -> barrier.raise(Set.copyOf(open.keySet()), own))
            .whenComplete((nothing, failure) -> {
              if (failure == null) {
                settled.complete(null);
              } else {
                settled.completeExceptionally(Futures.cause(failure));
              }
            });
  }
}
