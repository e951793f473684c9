package accounts.bench.simulation;

import accounts.bench.freshness.Instance;
import accounts.bench.freshness.Instances;
import accounts.bench.harness.Cluster;
import accounts.v1.Consistency;
import accounts.v1.CreateUserRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.UpdateUserRequest;
import accounts.v1.UpdateUserResponse;
import accounts.v1.User;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Plays a trace to real servers. Safe for use by one thread; answers come on others. */
final class LiveRun {

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int CREATED_AT_ONCE = 16;
  private static final int TRIES = 10;

  private final Cluster cluster;
  private final Instances instances;

  /**
   * What became of the calls of the measured part.
   *
   * @param storeReads of users, as counted on the way to DynamoDB
   */
  record Measured(
      int reads, int near, int hits, int misses, int failed, int writes, long storeReads) {

    /** Returns the share of the reads that the table was asked for. */
    double missRatio() {
      return reads == 0 ? 0 : misses / (double) reads;
    }

    double hitRatio() {
      return reads == 0 ? 0 : (near + hits) / (double) reads;
    }
  }

  /** Counts the calls of the measured part. */
  private static final class Counts {
    final AtomicInteger near = new AtomicInteger();
    final AtomicInteger hits = new AtomicInteger();
    final AtomicInteger misses = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();

    void read(GetUserResponse response) {
      switch (response.getSource()) {
        case SOURCE_NEAR_CACHE -> near.incrementAndGet();
        case SOURCE_CACHE -> hits.incrementAndGet();
        default -> misses.incrementAndGet();
      }
    }
  }

  LiveRun(Cluster cluster, Instances instances) {
    this.cluster = cluster;
    this.instances = instances;
  }

  /** Creates the users of these keys. */
  void create(long keys) throws InterruptedException {
    Semaphore free = new Semaphore(CREATED_AT_ONCE);
    for (long key = 1; key <= keys; key++) {
      Instance instance = instance((int) (key % instances.all().size()));
      String username = Users.key(key).username().value();
      free.acquire();
      Thread.ofVirtual()
          .start(() -> {
            create(instance, username);
            free.release();
          });
    }
    free.acquire(CREATED_AT_ONCE);
  }

  private static void create(Instance instance, String username) {
    CreateUserRequest request =
        CreateUserRequest.newBuilder()
            .setUsername(username)
            .setFirstName("Olivia")
            .setLastName("Simulated")
            .setRequestId(UUID.randomUUID().toString())
            .build();
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        var unused = instance.stub(DEADLINE).createUser(request);
        return;
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() == Status.Code.ALREADY_EXISTS) {
          return;
        }
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    }
  }

  private Instance instance(int number) {
    return instances.all().get(number);
  }

  /**
   * Plays a trace, from an empty cache on, in an open loop.
   *
   * @param from calls before this are not counted
   */
  Measured play(List<Call> calls, Duration from) throws InterruptedException {
    Counts counts = new Counts();
    Phaser inFlight = new Phaser(1);
    cluster.flush();
    long began = System.nanoTime();
    LongSupplier storeReads = cluster.countReads("USER#" + Users.PREFIX);
    long before = -1;
    for (Call call : calls) {
      awaitUntil(began + call.at());
      boolean isCounted = call.at() >= from.toNanos();
      if (isCounted && before < 0) {
        before = storeReads.getAsLong();
      }
      inFlight.register();
      send(call, isCounted ? counts : new Counts(), inFlight::arriveAndDeregister);
    }
    long measured = storeReads.getAsLong() - before;
    int unused = inFlight.arriveAndAwaitAdvance();
    int near = counts.near.get();
    int hits = counts.hits.get();
    int misses = counts.misses.get();
    int failed = counts.failed.get();
    return new Measured(
        near + hits + misses + failed, near, hits, misses, failed, counts.writes.get(), measured);
  }

  private static void awaitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void send(Call call, Counts counts, Runnable ended) {
    var stub = instance(call.instance()).asyncStub(DEADLINE);
    String username = Users.key(call.key()).username().value();
    switch (call.kind()) {
      case FRESH ->
          stub.getUser(
              GetUserRequest.newBuilder().setUsername(username).build(),
              new Ending<>(counts::read, counts.failed::incrementAndGet, ended));
      case BOUNDED ->
          stub.getUser(
              GetUserRequest.newBuilder()
                  .setUsername(username)
                  .setConsistency(Consistency.CONSISTENCY_BOUNDED)
                  .build(),
              new Ending<>(counts::read, counts.failed::incrementAndGet, ended));
      case WRITE ->
          stub.updateUser(
              UpdateUserRequest.newBuilder()
                  .setUser(
                      User.newBuilder().setUsername(username).setLastName("Simulated " + call.at()))
                  .setRequestId(UUID.randomUUID().toString())
                  .build(),
              new Ending<UpdateUserResponse>(
                  done -> counts.writes.incrementAndGet(), () -> {}, ended));
    }
  }

  /** Awaits the end of one call. */
  private record Ending<T>(Consumer<T> answered, Runnable failed, Runnable ended)
      implements StreamObserver<T> {

    @Override
    public void onNext(T value) {
      answered.accept(value);
    }

    @Override
    public void onError(Throwable failure) {
      failed.run();
      ended.run();
    }

    @Override
    public void onCompleted() {
      ended.run();
    }
  }
}
