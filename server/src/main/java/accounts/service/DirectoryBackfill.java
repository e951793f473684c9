package accounts.service;

import accounts.async.CallScope;
import accounts.async.EpisodeLog;
import accounts.async.Futures;
import accounts.domain.Account;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.store.AccountStore;
import accounts.store.DirectoryRound;
import accounts.store.DirectoryStore;
import accounts.store.EntityPage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters users and organizations in the directory that are not in it, since a version of the
 * service created them that had none. It goes through the whole table, slowly; a second time soon
 * after the first, for what instances of that version created meanwhile; then now and then.
 *
 * <p>Every instance looks whether there is something to do, and one does it: a note in the table
 * says how far it is. A round whose note does not move from one look to the next is left, and gone
 * on with from there by whoever sees that first. Clocks say only when the next round is due.
 */
public final class DirectoryBackfill {

  private static final Logger log = LoggerFactory.getLogger(DirectoryBackfill.class);

  /** Longer than the time between two steps of a round. */
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Items that a step examines: some 15 read units. */
  private static final int EXAMINED = 200;

  /** Between two steps. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

  private static final Duration SECOND_ROUND_AFTER = Duration.ofHours(1);
  private static final Duration NEXT_ROUND_AFTER = Duration.ofDays(7);

  /** How often it is tried to enter what changes all the time. */
  private static final int TRIES = 5;

  private final AccountStore store;
  private final DirectoryStore directory;
  private final Duration period;
  private final Duration pause;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private final DirectoryObserver observer;
  private final EpisodeLog episodes;

  /** Progress as this instance saw it last. */
  private volatile long seen = -1;

  /** The round that is made here, at its last step; empty: none is. */
  private volatile Optional<DirectoryRound> own = Optional.empty();

  private volatile boolean closed;
  private volatile CallScope working = CallScope.of(LONGEST_STEP);
  private volatile CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  /**
   * @param period the time between two looks, give or take a fifth
   * @param pause the time between two steps of a round; several times shorter, since who makes no
   *     step in a period is taken for gone
   * @param clock says whether a round is due
   * @param timer waits; must not be blocked
   * @param observer is told of what is done here
   * @param nanoTime the time, in nanoseconds from any origin
   */
  public DirectoryBackfill(
      AccountStore store,
      DirectoryStore directory,
      Duration period,
      Duration pause,
      InstantSource clock,
      ScheduledExecutorService timer,
      DirectoryObserver observer,
      LongSupplier nanoTime) {
    this.store = store;
    this.directory = directory;
    this.period = period;
    this.pause = pause;
    this.clock = clock;
    this.timer = timer;
    this.observer = observer;
    this.episodes =
        new EpisodeLog(
            log,
            1,
            "the directory of users and organizations cannot be completed",
            "the directory of users and organizations is completed again",
            nanoTime);
  }

  /** As the other constructor, with the times that the service has. */
  public DirectoryBackfill(
      AccountStore store,
      DirectoryStore directory,
      InstantSource clock,
      ScheduledExecutorService timer,
      DirectoryObserver observer,
      LongSupplier nanoTime) {
    this(store, directory, PERIOD, PAUSE, clock, timer, observer, nanoTime);
  }

  /** Begins to look, after a pause. */
  public void start() {
    goOnAfter(pause);
  }

  private void goOnAfter(Duration wait) {
    var unused = timer.schedule(this::stepAndGoOn, wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void stepAndGoOn() {
    if (closed) {
      return;
    }
    running =
        step()
            .handle((done, failure) -> {
              if (failure == null) {
                episodes.succeeded();
              } else if (!closed) {
                episodes.failed(() -> Futures.describe(failure));
              }
              if (!closed) {
                goOnAfter(own.isPresent() ? pause : aboutAPeriod());
              }
              return null;
            });
  }

  private Duration aboutAPeriod() {
    return scaled(period, 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble());
  }

  private static Duration scaled(Duration time, double factor) {
    return Duration.ofNanos((long) (time.toNanos() * factor));
  }

  /**
   * Makes one step: goes on with the round that is made here, or looks whether one is due, or was
   * left. A round in which a step fails is left.
   */
  CompletableFuture<Void> step() {
    CallScope scope = CallScope.of(LONGEST_STEP);
    working = scope;
    if (closed) {
      scope.cancel(); // stop() may have cancelled the one before
    }
    Optional<DirectoryRound> round = own;
    own = Optional.empty();
    return round.map(mine -> examine(mine, scope)).orElseGet(() -> look(scope));
  }

  private CompletableFuture<Void> look(CallScope scope) {
    return Futures.started(() -> directory.round(scope))
        .thenCompose(round -> {
          boolean isLeft = round.running() && round.progress() == seen;
          seen = round.progress();
          observer.seen(round);
          return isLeft || isDue(round)
              ? advance(round, (isLeft ? round.finding() : round).at(round.position()), scope)
              : CompletableFuture.completedFuture(null);
        });
  }

  private boolean isDue(DirectoryRound round) {
    Duration rest = round.ended() == 1 ? SECOND_ROUND_AFTER : NEXT_ROUND_AFTER;
    Instant now = clock.instant();
    return !round.running()
        && round
            .endTime()
            .map(end -> !end.isAfter(now.minus(rest)) || isWrong(end, now))
            .orElse(true);
  }

  /** The clock of the instance that noted it was wrong: the next round would never be due. */
  private static boolean isWrong(Instant end, Instant now) {
    return end.isAfter(now.plus(SECOND_ROUND_AFTER));
  }

  /** Enters whom the next items of the table have, and notes that. */
  private CompletableFuture<Void> examine(DirectoryRound round, CallScope scope) {
    return Futures.started(() -> store.scan(round.position(), EXAMINED, scope))
        .thenCompose(page ->
            directory
                .missing(accounts(page), scope)
                .thenCompose(missing -> {
                  DirectoryRound now = missing.isEmpty() ? round : round.finding();
                  return enter(missing, scope)
                      .thenCompose(done -> advance(round, after(now, page), scope));
                }));
  }

  private DirectoryRound after(DirectoryRound round, EntityPage page) {
    return page.next().isPresent() ? round.at(page.next()) : round.over(clock.instant());
  }

  /** Notes a step; unless another instance has noted one, the round is made here. */
  private CompletableFuture<Void> advance(DirectoryRound from, DirectoryRound to, CallScope scope) {
    return directory
        .advance(from, to, scope)
        .thenAccept(isOwn -> {
          if (isOwn) {
            seen = to.progress();
            observer.stepped();
            observer.seen(to);
            own = Optional.of(to).filter(DirectoryRound::running);
          }
        });
  }

  private static List<Account> accounts(EntityPage page) {
    return page.entities().stream()
        .filter(Account.class::isInstance)
        .map(Account.class::cast)
        .toList();
  }

  /** One after the other, so as not to take the table's throughput from callers. */
  private CompletableFuture<Void> enter(List<Account> missing, CallScope scope) {
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (Account account : missing) {
      done = done.thenCompose(before -> enter(account, TRIES, scope));
    }
    return done;
  }

  /** What has changed since it was read is read again; what is gone needs no entry. */
  private CompletableFuture<Void> enter(Account account, int tries, CallScope scope) {
    return directory
        .enter(account, scope)
        .thenCompose(isEntered -> {
          if (isEntered) {
            observer.entered();
            return CompletableFuture.completedFuture(null);
          }
          return tries > 1 ? again(account, tries - 1, scope) : passedOver();
        });
  }

  /** What changes all the time must not keep the round from going on: the next round enters it. */
  private static CompletableFuture<Void> passedOver() {
    log.info("an account that changes all the time is left to the next search for such");
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> again(Account account, int tries, CallScope scope) {
    return store
        .read(List.<EntityKey<?>>of(account.key()), scope)
        .thenCompose(lookups -> {
          Lookup<? extends Account> now = lookups.get(account.key());
          return now.toOptional().isPresent()
              ? enter(now.toOptional().get(), tries, scope)
              : CompletableFuture.completedFuture(null);
        });
  }

  /**
   * Looks no more, and ends the step that is being made. Completes when that is done; never fails.
   */
  public CompletableFuture<Void> stop() {
    closed = true;
    working.cancel();
    return running;
  }
}
