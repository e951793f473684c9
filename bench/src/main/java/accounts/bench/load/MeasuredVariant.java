package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.bench.freshness.Instances;
import accounts.bench.harness.Cluster;
import accounts.bench.harness.Node;
import accounts.bench.harness.StoreFaults;
import accounts.bench.harness.StoreRule;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.CreateUserRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** An instance of one variant that is measured, with backends of its own. For one thread. */
final class MeasuredVariant implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final Duration REPAIR_TIMEOUT = Duration.ofSeconds(20);

  private static final Duration FILL = Duration.ofMillis(20);

  private final Variant variant;
  private final Cluster cluster;
  private final Node node;
  private final Instances instances;
  private final Instance instance;
  private final Map<Operation, StoreFaults.Active> counted = new EnumMap<>(Operation.class);
  private long changes;
  private int users;
  private int reads;

  private MeasuredVariant(Variant variant, Cluster cluster) {
    this.variant = variant;
    this.cluster = cluster;
    this.node = cluster.nodes().getFirst();
    this.instances = cluster.connect();
    this.instance = instances.all().getFirst();
  }

  /** Starts an instance and creates the users of all operations. */
  static MeasuredVariant start(Variant variant, Path logs) throws InterruptedException {
    Path folder = logs.resolve(variant.name());
    MeasuredVariant subject =
        new MeasuredVariant(
            variant, Cluster.start(variant.program(), 1, variant.environment(), 1, folder));
    try {
      subject.prepare();
      return subject;
    } catch (RuntimeException | InterruptedException e) {
      subject.close();
      throw e;
    }
  }

  private void prepare() throws InterruptedException {
    for (Operation operation : Operation.values()) {
      StoreRule rule = StoreRule.of(StoreRule.Effect.NOTE).about(operation.username());
      counted.put(operation, node.store().faults().add(rule));
      if (operation != Operation.READ_AFTER_CHANGE) {
        create(operation.username());
      }
    }
    if (variant == Variant.WHOLE) {
      cluster.awaitRepair();
    }
  }

  private void create(String username) {
    CreateUserRequest.Builder user = CreateUserRequest.newBuilder().setFirstName("Measured");
    user.setLastName("User").setUsername(username);
    var unused = stub().createUser(user.build());
  }

  /** Prepares so many runs of an operation. */
  void prepare(Operation operation, int times) throws InterruptedException {
    if (operation == Operation.READ_AFTER_CHANGE) {
      changeForRereads(times);
    }
  }

  /** Caches each user, changes it once, and waits until the repair has processed the change. */
  private void changeForRereads(int times) throws InterruptedException {
    for (; users < times; users++) {
      create(reread(users));
    }
    for (int i = 0; i < times; i++) {
      var unused = read(reread(i));
    }
    cluster.settle();
    long before = cacheItems().total();
    for (int i = 0; i < times; i++) {
      var unused = change(reread(i));
    }
    awaitRepairs(before, times);
    cluster.settle();
    reads = 0;
  }

  /**
   * Waits for three items per change: a change reads its key and steps its cell, and the repair
   * reads the cell.
   */
  private void awaitRepairs(long before, int times) throws InterruptedException {
    long expected = variant == Variant.WHOLE ? 3L * times : 0;
    long end = System.nanoTime() + REPAIR_TIMEOUT.toNanos();
    while (cacheItems().total() - before < expected) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "repair: %d cache items used by %d changes and their repair within %d s (expected: %d or more)"
                .formatted(
                    cacheItems().total() - before, times, REPAIR_TIMEOUT.toSeconds(), expected));
      }
      Thread.sleep(50);
    }
  }

  private static String reread(long number) {
    return Operation.READ_AFTER_CHANGE.username() + "-" + number;
  }

  private AccountServiceBlockingStub stub() {
    return instance.stub(DEADLINE);
  }

  Variant variant() {
    return variant;
  }

  /** Delays each call to the cache by this much. */
  void delayCache(Duration delay) {
    cluster.cache().faults().clear();
    if (delay.isPositive()) {
      var unused = cluster.cache().faults().add(Rule.of(Fault.DELAY).delay(delay));
    }
  }

  /** Runs an operation once; returns its latency in nanoseconds. */
  long run(Operation operation) {
    return switch (operation) {
      case HIT -> read(operation.username());
      case CHANGE -> change(operation.username());
      case READ_AFTER_CHANGE -> read(reread(Math.floorMod(reads++, users)));
      case CHANGE_UNCACHED -> {
        evict();
        yield change(operation.username());
      }
      case MISS -> {
        evict();
        yield read(operation.username());
      }
    };
  }

  private long read(String username) {
    GetUserRequest request = GetUserRequest.newBuilder().setUsername(username).build();
    long began = System.nanoTime();
    var unused = stub().getUser(request);
    return System.nanoTime() - began;
  }

  private long change(String username) {
    User.Builder user = User.newBuilder().setUsername(username);
    UpdateUserRequest.Builder request =
        UpdateUserRequest.newBuilder().setUser(user.setLastName("User " + ++changes));
    request.setRequestId(UUID.randomUUID().toString());
    long began = System.nanoTime();
    var unused = stub().updateUser(request.build());
    return System.nanoTime() - began;
  }

  private void evict() {
    awaitFill();
    cluster.flush();
  }

  /**
   * Waits for the fill of the previous miss, which no caller waits for: after the flush it would
   * turn the next read into a hit.
   */
  private static void awaitFill() {
    LockSupport.parkNanos(FILL.toNanos());
  }

  /** Waits until work that no caller waits for is done, too. */
  void settle() throws InterruptedException {
    cluster.settle();
  }

  /** Returns the calls to the cache so far. */
  Calls cacheCalls() {
    return new Calls(node.cache().calls());
  }

  /** Returns the items in these calls. */
  Calls cacheItems() {
    return new Calls(node.cache().items());
  }

  /** Returns the requests to DynamoDB about the operation's users so far. */
  Calls storeCalls(Operation operation) {
    StoreFaults.Active active = counted.get(operation);
    return active == null ? Calls.NONE : new Calls(active.struckByOperation());
  }

  /** Returns all requests to DynamoDB so far. */
  Calls storeCalls() {
    return new Calls(node.store().faults().requests());
  }

  @Override
  public void close() {
    instances.close();
    cluster.close();
  }
}
