package accounts.bench.simulation;

import accounts.async.CallScope;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Revision;
import accounts.service.Consistency;
import accounts.service.ReadOptions;
import accounts.service.ReadResults;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Plays a trace to a fleet, and tallies what becomes of its calls by when they were due. */
final class Player {

  /** How long what is in flight at the end of a trace is awaited. */
  static final Duration LATER = Duration.ofMinutes(1);

  private static final ReadOptions BOUNDED = new ReadOptions(Consistency.BOUNDED, Revision.NONE);

  private final EventLoop loop;
  private final Target target;
  private final Function<Call, Tally> tallies;
  private final Duration deadline;

  /** Takes calls. */
  interface Target {

    /** Reads a user; see {@link accounts.service.EntityReader}. */
    CompletableFuture<ReadResults> read(
        int instance, UserKey key, ReadOptions options, CallScope scope);

    /** Changes a user. */
    CompletableFuture<?> write(int instance, UserKey key, CallScope scope);
  }

  /**
   * @param tallies which tally a call belongs to
   * @param deadline after which a caller has gone; zero: never
   */
  Player(EventLoop loop, Target target, Function<Call, Tally> tallies, Duration deadline) {
    this.loop = loop;
    this.target = target;
    this.tallies = tallies;
    this.deadline = deadline;
  }

  /** Returns a player to a fleet of the service's instances. */
  static Player of(Fleet fleet, Function<Call, Tally> tallies, Duration deadline) {
    List<SimulatedInstance> instances = fleet.instances();
    Target target =
        new Target() {
          @Override
          public CompletableFuture<ReadResults> read(
              int instance, UserKey key, ReadOptions options, CallScope scope) {
            if (options.equals(BOUNDED)) {
              fleet.hints().read(instance, key);
            }
            return instances.get(instance).reads().getAll(Set.of(key), options, scope);
          }

          @Override
          public CompletableFuture<?> write(int instance, UserKey key, CallScope scope) {
            return instances.get(instance).write(key, scope);
          }
        };
    return new Player(fleet.loop(), target, tallies, deadline);
  }

  /** Plays a trace from now on, and lets some time pass for what is in flight then. */
  void play(Trace trace) {
    long start = loop.nanoTime();
    for (Call call = trace.next(); call != null; call = trace.next()) {
      loop.runUntil(start + call.at());
      send(call);
    }
    loop.advance(LATER);
  }

  private void send(Call call) {
    CallScope scope = CallScope.of(SimulatedInstance.FAR);
    if (deadline.isPositive()) {
      loop.in(deadline.toNanos(), scope::cancel);
    }
    UserKey key = Users.key(call.key());
    switch (call.kind()) {
      case FRESH -> read(call, key, ReadOptions.DEFAULT, scope);
      case BOUNDED -> read(call, key, BOUNDED, scope);
      case WRITE -> write(call, key, scope);
    }
  }

  private void read(Call call, UserKey key, ReadOptions options, CallScope scope) {
    long began = loop.nanoTime();
    Tally tally = tallies.apply(call);
    var unused =
        target
            .read(call.instance(), key, options, scope)
            .whenComplete((results, failure) -> {
              if (failure == null) {
                tally.answered(results.source(), loop.nanoTime() - began);
              } else {
                tally.failed();
              }
            });
  }

  private void write(Call call, UserKey key, CallScope scope) {
    long began = loop.nanoTime();
    Tally tally = tallies.apply(call);
    var unused =
        target
            .write(call.instance(), key, scope)
            .whenComplete((done, failure) -> {
              if (failure == null) {
                tally.written(loop.nanoTime() - began);
              } else {
                tally.writeFailed();
              }
            });
  }
}
