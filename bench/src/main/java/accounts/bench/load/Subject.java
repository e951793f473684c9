package accounts.bench.load;

import accounts.bench.freshness.Instance;
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

/** One instance of one variant, with backends of its own. For one thread. */
final class Subject implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final Duration FILL = Duration.ofMillis(20);

  private final Variant variant;
  private final Cluster cluster;
  private final Node node;
  private final Instance instance;
  private final Map<Operation, StoreFaults.Active> noted = new EnumMap<>(Operation.class);
  private long changes;

  private Subject(Variant variant, Cluster cluster) {
    this.variant = variant;
    this.cluster = cluster;
    this.node = cluster.nodes().getFirst();
    this.instance = Instance.connect(node.name(), node.server().address());
  }

  /** Starts one that has the users of all operations. */
  static Subject start(Variant variant, Path logs) throws InterruptedException {
    Path folder = logs.resolve(variant.name());
    Subject subject = new Subject(variant, Cluster.start(1, variant.environment(), 1, folder));
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
      create(operation);
    }
    if (variant == Variant.WHOLE) {
      cluster.awaitRepair();
    }
  }

  private void create(Operation operation) {
    StoreRule rule = StoreRule.of(StoreRule.Effect.NOTE).about(operation.username());
    noted.put(operation, node.store().faults().add(rule));
    CreateUserRequest.Builder user = CreateUserRequest.newBuilder().setFirstName("Measured");
    user.setLastName("User").setUsername(operation.username());
    var unused = stub().createUser(user.build());
  }

  private AccountServiceBlockingStub stub() {
    return instance.stub(DEADLINE);
  }

  Variant variant() {
    return variant;
  }

  /** Has each call to the cache take so much longer. */
  void delayCache(Duration delay) {
    cluster.cache().faults().clear();
    if (delay.isPositive()) {
      var unused = cluster.cache().faults().add(Rule.of(Fault.DELAY).delay(delay));
    }
  }

  /** Does it once; returns how many nanoseconds its caller waited. */
  long run(Operation operation) {
    return switch (operation) {
      case HIT -> read(operation);
      case WRITE -> write();
      case MISS -> miss();
    };
  }

  private long read(Operation operation) {
    long began = System.nanoTime();
    var unused =
        stub().getUser(GetUserRequest.newBuilder().setUsername(operation.username()).build());
    return System.nanoTime() - began;
  }

  private long write() {
    User.Builder user = User.newBuilder().setUsername(Operation.WRITE.username());
    UpdateUserRequest.Builder request =
        UpdateUserRequest.newBuilder().setUser(user.setLastName("User " + ++changes));
    request.setRequestId(UUID.randomUUID().toString());
    long began = System.nanoTime();
    var unused = stub().updateUser(request.build());
    return System.nanoTime() - began;
  }

  private long miss() {
    awaitFill();
    cluster.flush();
    return read(Operation.MISS);
  }

  /** Nobody waits for the fill of the miss before: after the flush, it would make a hit of this. */
  private static void awaitFill() {
    LockSupport.parkNanos(FILL.toNanos());
  }

  /** Waits until what callers do not wait for is done, too. */
  void settle() throws InterruptedException {
    cluster.settle();
  }

  /** Returns the calls to the cache so far. */
  Calls cacheCalls() {
    return new Calls(node.cache().calls());
  }

  /** Returns the requests to DynamoDB about the operation's user so far. */
  Calls storeCalls(Operation operation) {
    StoreFaults.Active active = noted.get(operation);
    return active == null ? Calls.NONE : new Calls(active.struckByOperation());
  }

  /** Returns all requests to DynamoDB so far. */
  Calls storeCalls() {
    return new Calls(node.store().faults().requests());
  }

  @Override
  public void close() {
    instance.close();
    cluster.close();
  }
}
