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

  private static final Duration REPAIR_TIMEOUT = Duration.ofSeconds(20);

  private static final Duration FILL = Duration.ofMillis(20);

  private final Variant variant;
  private final Cluster cluster;
  private final Node node;
  private final Instance instance;
  private final Map<Operation, StoreFaults.Active> noted = new EnumMap<>(Operation.class);
  private long changes;
  private int users;
  private int reads;

  private Subject(Variant variant, Cluster cluster) {
    this.variant = variant;
    this.cluster = cluster;
    this.node = cluster.nodes().getFirst();
    this.instance = Instance.connect(node.name(), node.server().address());
  }

  /** Starts one that has the users of all operations. */
  static Subject start(Variant variant, Path logs) throws InterruptedException {
    Path folder = logs.resolve(variant.name());
    Subject subject =
        new Subject(variant, Cluster.start(variant.program(), 1, variant.environment(), 1, folder));
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
      noted.put(operation, node.store().faults().add(rule));
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

  /** Does what must be done before so many can be run. */
  void prepare(Operation operation, int times) throws InterruptedException {
    if (operation == Operation.READ_AFTER_CHANGE) {
      changeForRereads(times);
    }
  }

  /** Each user is in the cache, is changed once, and the repair has passed the change. */
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

  /** A change looks its key up and steps its cell; the repair looks at the cell once more. */
  private void awaitRepairs(long before, int times) throws InterruptedException {
    long expected = variant == Variant.WHOLE ? 3L * times : 0;
    long end = System.nanoTime() + REPAIR_TIMEOUT.toNanos();
    while (cacheItems().total() - before < expected) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "%d items of the cache were asked for or changed by %d changes and their repair (expected: %d or more): the repair has not passed them"
                .formatted(cacheItems().total() - before, times, expected));
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
      case HIT -> read(operation.username());
      case CHANGE -> change(operation.username());
      case READ_AFTER_CHANGE -> read(reread(Math.floorMod(reads++, users)));
      case CHANGE_UNCACHED -> {
        forget();
        yield change(operation.username());
      }
      case MISS -> {
        forget();
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

  private void forget() {
    awaitFill();
    cluster.flush();
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

  /** Returns the items that these calls were about. */
  Calls cacheItems() {
    return new Calls(node.cache().items());
  }

  /** Returns the requests to DynamoDB about the operation's users so far. */
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
