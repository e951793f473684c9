package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.bench.freshness.Instances;
import accounts.bench.harness.Cluster;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.CreateUserRequest;
import accounts.v1.GetUserRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** A measurement of many reads of one uncached key at once. */
public final class Herd {

  /** Of each instance: the load has more than 100 calls in flight. */
  private static final int CONNECTIONS = 2;

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final Instances instances;
  private final String username;
  private final LongAdder answered = new LongAdder();
  private final Map<Status.Code, LongAdder> failed = new ConcurrentHashMap<>();

  private Herd(Cluster cluster, Instances instances, String username) {
    this.cluster = cluster;
    this.instances = instances;
    this.username = username;
  }

  /**
   * The result of the measurement.
   *
   * @param failed how many calls failed, by status code
   * @param storeReads how often the key was read from DynamoDB
   */
  public record Finding(long answered, Map<Status.Code, LongAdder> failed, long storeReads) {}

  /**
   * Sends {@code callers} reads of one user at once, spread evenly over the instances, and returns
   * the result.
   *
   * @param username the user's name, not in use yet
   */
  public static Finding run(Cluster cluster, int callers, String username)
      throws InterruptedException {
    try (Instances instances = cluster.connect(CONNECTIONS)) {
      Herd herd = new Herd(cluster, instances, username);
      herd.warmUp(callers);
      cluster.flush();
      return herd.run(callers);
    }
  }

  /** Like {@link #run}, with the cache refusing claims. */
  public static Finding runWithoutClaims(Cluster cluster, int callers, String username)
      throws InterruptedException {
    try (Instances instances = cluster.connect(CONNECTIONS)) {
      Herd herd = new Herd(cluster, instances, username);
      herd.warmUp(callers);
      var unused = cluster.cache().faults().add(Rule.of(Fault.ERROR).rpcs("SetIf"));
      cluster.flush();
      return herd.run(callers);
    }
  }

  private Finding run(int callers) throws InterruptedException {
    LongSupplier storeReads = cluster.countReads(username);
    readAtOnce(callers);
    return new Finding(answered.sum(), failed, storeReads.getAsLong());
  }

  /** Sends the same reads once before, so that cold code is not measured. */
  private void warmUp(int callers) throws InterruptedException {
    CreateUserRequest.Builder user = CreateUserRequest.newBuilder().setFirstName("Cold");
    stub(0).createUser(user.setLastName("Key").setUsername(username).build());
    // A repair in the middle of the reads would rightly cause another read of DynamoDB.
    cluster.awaitRepair();
    readAtOnce(callers);
    answered.reset();
    failed.clear();
  }

  private AccountServiceBlockingStub stub(int number) {
    List<Instance> all = instances.all();
    return all.get(number % all.size()).stub(DEADLINE);
  }

  private void readAtOnce(int callers) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      int number = i;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                awaitUninterruptibly(start);
                ask(stub(number));
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(AccountServiceBlockingStub stub) {
    try {
      var unused = stub.getUser(GetUserRequest.newBuilder().setUsername(username).build());
      answered.increment();
    } catch (StatusRuntimeException e) {
      failed.computeIfAbsent(e.getStatus().getCode(), ignored -> new LongAdder()).increment();
    }
  }
}
