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

/** Many callers who want one thing at once that no cache has. */
public final class Herd {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final Instances instances;
  private final String wanted;
  private final LongAdder answered = new LongAdder();
  private final Map<Status.Code, LongAdder> failed = new ConcurrentHashMap<>();

  private Herd(Cluster cluster, Instances instances, String wanted) {
    this.cluster = cluster;
    this.instances = instances;
    this.wanted = wanted;
  }

  /**
   * What came of it.
   *
   * @param failed how many calls ended with each status but OK
   * @param storeReads how often DynamoDB was asked for the thing
   */
  public record Finding(long answered, Map<Status.Code, LongAdder> failed, long storeReads) {}

  /**
   * Sends {@code callers} reads of one user at once, spread evenly over the instances.
   *
   * @param wanted the user's name, not in use yet
   */
  public static Finding run(Cluster cluster, int callers, String wanted)
      throws InterruptedException {
    try (Instances instances = Instances.connect(cluster.addresses())) {
      Herd herd = new Herd(cluster, instances, wanted);
      herd.warmUp(callers);
      cluster.flush();
      return herd.run(callers);
    }
  }

  /** As {@link #run}, with the cache refusing claims from then on. */
  public static Finding runWithoutClaims(Cluster cluster, int callers, String wanted)
      throws InterruptedException {
    try (Instances instances = Instances.connect(cluster.addresses())) {
      Herd herd = new Herd(cluster, instances, wanted);
      herd.warmUp(callers);
      var unused = cluster.cache().faults().add(Rule.of(Fault.ERROR).rpcs("SetIf"));
      cluster.flush();
      return herd.run(callers);
    }
  }

  private Finding run(int callers) throws InterruptedException {
    LongSupplier storeReads = cluster.countReads(wanted);
    rush(callers);
    return new Finding(answered.sum(), failed, storeReads.getAsLong());
  }

  /** Has each instance know its way, so that the herd meets the cold key and not cold code. */
  private void warmUp(int callers) throws InterruptedException {
    CreateUserRequest.Builder user = CreateUserRequest.newBuilder().setFirstName("Cold");
    stub(0).createUser(user.setLastName("Key").setUsername(wanted).build());
    // What the repair outdates in the middle of the rush is rightly read again.
    cluster.awaitRepair();
    rush(callers);
    answered.reset();
    failed.clear();
  }

  private AccountServiceBlockingStub stub(int number) {
    List<Instance> all = instances.all();
    return all.get(number % all.size()).stub(DEADLINE);
  }

  private void rush(int callers) throws InterruptedException {
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
      var unused = stub.getUser(GetUserRequest.newBuilder().setUsername(wanted).build());
      answered.increment();
    } catch (StatusRuntimeException e) {
      failed.computeIfAbsent(e.getStatus().getCode(), ignored -> new LongAdder()).increment();
    }
  }
}
