package accounts.bench.simulation;

import accounts.async.CallScope;
import accounts.cache.CellCache;
import accounts.cache.CircuitBreakingCache;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.LabelChange;
import accounts.domain.PersonName;
import accounts.domain.Revision;
import accounts.freshness.AnnouncedCommits;
import accounts.freshness.CellReads;
import accounts.freshness.CellStep;
import accounts.freshness.CommitStep;
import accounts.freshness.EpochBarrier;
import accounts.freshness.EpochLease;
import accounts.freshness.EpochRenewal;
import accounts.freshness.Escalation;
import accounts.freshness.Minter;
import accounts.freshness.Notices;
import accounts.read.Coalescer;
import accounts.read.NearCache;
import accounts.read.ReadAside;
import accounts.read.ReadObserver;
import accounts.repair.RepairObserver;
import accounts.repair.Repairer;
import accounts.service.CommitListener;
import accounts.service.EntityReader;
import accounts.service.MutationExecutor;
import accounts.service.ReadResult;
import accounts.service.UpdateUser;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import accounts.store.BoundedStore;
import accounts.store.FleetStateStore;
import accounts.store.NoticeStore;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An instance: the service's own classes, put together as {@code accounts.server.Wiring} does, on
 * virtual clocks and between the models of the cache and the table. What it repeats of that class
 * are numbers that are nobody's settings.
 */
final class SimulatedInstance {

  private static final Duration READERS_TIMEOUT = Duration.ofMillis(500);
  private static final Duration WRITERS_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration NOTICE_AFTER = Duration.ofMillis(250);
  private static final Duration REPAIR_TRY = Duration.ofMillis(300);
  private static final int STORE_READS = 48;
  private static final int STORE_WRITES = 32;
  private static final int STORE_QUEUE = 768;
  private static final int LOOKUPS = 1024;
  private static final int WAITING_LOOKUPS = 16_384;
  private static final long NEAR_BYTES = 32L << 20;

  /**
   * Of the service's own deadlines, which go by the process's clock and would end calls of a
   * simulation that is slower than time: they are far away, and the links answer in time instead.
   */
  static final Duration FAR = Duration.ofDays(1);

  private final int number;
  private final EventLoop loop;
  private final Network network;
  private final EpochLease lease;
  private final NearCache reads;
  private final MutationExecutor mutations;
  private final AdmissionQueue storeReads;
  private long changes;

  /**
   * @param number of the instance, from 0
   */
  SimulatedInstance(Fleet fleet, int number) {
    Settings settings = fleet.settings();
    this.number = number;
    this.loop = fleet.loop();
    this.network =
        new Network(
            settings.cache(),
            settings.store(),
            new SplittableRandom(settings.seed() + 1_000_003L * (number + 1)));
    FleetStateStore states = fleet.states().through(network);
    Minter minter =
        new Minter(
            CompletableFuture.completedFuture(fleet.states().state().tableId()),
            fleet.states().state().settings(),
            fleet.random());
    this.lease = settings.renewals() ? renewed(states, minter) : held(fleet);

    CellCache writersCells = new CacheLink(fleet.cache(), loop, network, WRITERS_TIMEOUT);
    CircuitBreaker breaker = breaker(loop);
    CellReads cells =
        new CellReads(
            new CircuitBreakingCache(
                new CacheLink(fleet.cache(), loop, network, READERS_TIMEOUT), breaker),
            new CircuitBreakingCache(writersCells, breaker),
            FAR,
            lease,
            AdmissionQueue.fixed("cache.queue", LOOKUPS, WAITING_LOOKUPS));
    this.storeReads = queue(16, STORE_READS);
    AccountStore store =
        new BoundedStore(new StoreLink(fleet.store(), loop, network, STORE_TIMEOUT), storeReads);
    ReadAside readAside =
        new ReadAside(
            cells,
            store,
            FAR,
            FAR,
            loop::nanoTime,
            loop,
            new Coalescer<EntityKey<?>, ReadResult<?>>(loop::nanoTime, ReadObserver.NONE),
            ReadObserver.NONE);
    this.reads =
        new NearCache(
            readAside,
            settings.bound(),
            settings.refreshAfter(),
            NEAR_BYTES,
            loop::nanoTime,
            ReadObserver.NONE);
    fleet.hints().subscribe(reads::drop);

    CellStep step = new CellStep(writersCells);
    NoticeStore notices = fleet.stream().through(network);
    fleet.stream()
        .join(
            new Repairer(
                step,
                lease::view,
                notices,
                REPAIR_TRY,
                new RepairObserver() {
                  @Override
                  public void handled(int records) {}

                  @Override
                  public void settled(int cellsSettled) {}

                  @Override
                  public void appended(int changes) {}

                  @Override
                  public void noticeDone() {}

                  @Override
                  public void shardGivenUp() {}
                }));
    this.mutations =
        new MutationExecutor(
            reads,
            commits(fleet, step, states, minter, notices, number),
            store,
            queue(2, STORE_WRITES),
            FAR,
            InstantSource.system().withZone(ZoneOffset.UTC),
            loop);
  }

  private CommitListener commits(
      Fleet fleet,
      CellStep step,
      FleetStateStore states,
      Minter minter,
      NoticeStore notices,
      int number) {
    int[] named = new int[1];
    Escalation escalation =
        new Escalation(
            new Notices(notices, () -> number + "-" + named[0]++, loop::nanoTime, loop),
            () -> true,
            NOTICE_AFTER,
            WRITERS_TIMEOUT.multipliedBy(2));
    EpochBarrier barrier =
        new EpochBarrier(states, minter, Fleet.LEASE, STORE_TIMEOUT, loop, loop::nanoTime);
    return new AnnouncedCommits(
        new CommitStep(step, lease, barrier, escalation, loop),
        fleet.hints().through(network),
        reads::drop);
  }

  private EpochLease renewed(FleetStateStore states, Minter minter) {
    EpochLease renewed = new EpochLease(Fleet.LEASE, loop::nanoTime, loop::millis, loop);
    var unused = new EpochRenewal(states, renewed, minter, Fleet.LEASE).start(loop);
    return renewed;
  }

  /** Where the renewals are of no interest: ten thousand instances would do little else. */
  private EpochLease held(Fleet fleet) {
    EpochLease held =
        new EpochLease(Duration.ofDays(365), Duration.ZERO, loop::nanoTime, loop::millis, loop);
    held.confirm(fleet.states().state(), held.now(), held.now());
    return held;
  }

  private AdmissionQueue queue(int least, int most) {
    return AdmissionQueue.adaptive(
        "store.queue", least, most, STORE_QUEUE, Fleet.LEASE.dividedBy(2), loop::nanoTime);
  }

  /** As {@code accounts.server.CellCaches} has it, by the virtual clock. */
  private static CircuitBreaker breaker(EventLoop loop) {
    return CircuitBreaker.of(
        "cache",
        CircuitBreakerConfig.custom()
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
            .slidingWindowSize(5)
            .minimumNumberOfCalls(20)
            .waitDurationInOpenState(Duration.ofMillis(500))
            .permittedNumberOfCallsInHalfOpenState(5)
            .currentTimestampFunction(clock -> loop.nanoTime(), TimeUnit.NANOSECONDS)
            .clock(wallClock(loop))
            .build());
  }

  private static Clock wallClock(EventLoop loop) {
    InstantSource source = () -> Instant.ofEpochMilli(loop.millis());
    return source.withZone(ZoneOffset.UTC);
  }

  EntityReader reads() {
    return reads;
  }

  Network network() {
    return network;
  }

  boolean hasLease() {
    return lease.view().isPresent();
  }

  /** Changes a user. */
  CompletableFuture<?> write(UserKey key, CallScope scope) {
    // Of no other instance's, or nothing would be changed.
    PersonName name = new PersonName("Simulated %d-%d".formatted(number, ++changes));
    return mutations.run(
        new UpdateUser(
            key.username(),
            Optional.empty(),
            Optional.of(name),
            LabelChange.NOTHING,
            Revision.NONE),
        Optional.empty(),
        Optional.empty(),
        scope);
  }
}
