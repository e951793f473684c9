package accounts.bench.harness;

import accounts.bench.freshness.Credentials;
import accounts.bench.freshness.Instances;
import accounts.local.AwsEnvironment;
import accounts.local.Door;
import accounts.local.LocalCache;
import accounts.local.LocalDynamoDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Several instances over one DynamoDB Local and one local cache, which ask their callers for
 * tokens.
 */
public final class Cluster implements AutoCloseable {

  /** The name of the table and of the cache. */
  static final String NAME = "accounts";

  private static final Duration REPAIR_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final LocalDynamoDb dynamoDb;
  private final LocalCache cache;
  private final ServerProgram program;
  private final Map<String, String> environment;
  private final BenchIdentity identity;
  private final Path logs;
  private final List<Node> nodes = new ArrayList<>();
  private int beside;

  private Cluster(
      LocalDynamoDb dynamoDb,
      LocalCache cache,
      ServerProgram program,
      Map<String, String> environment,
      BenchIdentity identity,
      Path logs) {
    this.dynamoDb = dynamoDb;
    this.cache = cache;
    this.program = program;
    this.environment = environment;
    this.identity = identity;
    this.logs = logs;
  }

  /**
   * Starts a cluster; returns when all instances listen.
   *
   * @param environment for each server, on top of what points it at the two backends
   * @param seed makes the cache's random faults repeatable
   * @param logs the folder for the servers' output
   */
  public static Cluster start(int instances, Map<String, String> environment, long seed, Path logs)
      throws InterruptedException {
    return start(ServerProgram.INTACT, instances, environment, seed, logs);
  }

  /**
   * Starts a cluster of servers that may lack a safeguard; see {@link #start(int, Map, long,
   * Path)}.
   *
   * @param program the program of all instances
   */
  public static Cluster start(
      ServerProgram program, int instances, Map<String, String> environment, long seed, Path logs)
      throws InterruptedException {
    Cluster cluster =
        new Cluster(
            LocalDynamoDb.start(),
            LocalCache.builder().seed(seed).start(),
            program,
            environment,
            BenchIdentity.create(logs.resolve("identity")),
            logs);
    try {
      cluster.prepare();
      for (int i = 0; i < instances; i++) {
        cluster.nodes.add(cluster.started(Instances.name(i), Map.of()));
      }
      cluster.awaitReady();
      return cluster;
    } catch (RuntimeException | InterruptedException e) {
      cluster.close();
      throw e;
    }
  }

  private void prepare() {
    dynamoDb.createTable(NAME);
    cache.createCache(NAME);
    try {
      Files.createDirectories(logs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Node started(String name, Map<String, String> changed) {
    Door door = cache.openDoor(name);
    StoreProxy store = StoreProxy.open(dynamoDb.endpoint());
    Map<String, String> variables = new HashMap<>(AwsEnvironment.variables(store.endpoint()));
    variables.put("MOMENTO_LOCAL_ENDPOINT", door.endpoint());
    variables.put("ACCOUNTS_TABLE", NAME);
    variables.put("ACCOUNTS_CACHE", NAME);
    // Instances come and go here by the hundred, and are warm soon enough.
    variables.put("ACCOUNTS_WARM_UP", "0s");
    variables.putAll(identity.environment());
    variables.putAll(environment);
    variables.putAll(changed);
    Node node =
        new Node(
            name, door, store, ServerProcess.of(variables, program, logs.resolve(name + ".log")));
    node.server().start();
    return node;
  }

  /**
   * Starts one more instance, which is not in {@link #nodes}; the caller closes it.
   *
   * @param changed environment variables that differ from the other instances'
   */
  public Node startBeside(String what, Map<String, String> changed) {
    beside++;
    return started(what + "-" + beside, changed);
  }

  private void awaitReady() throws InterruptedException {
    for (Node node : nodes) {
      node.server().awaitReady();
    }
  }

  /** Kills all instances, as {@code kill -9} does, and restarts them; returns when they listen. */
  public void restart() throws InterruptedException {
    nodes.forEach(node -> node.server().close());
    nodes.forEach(node -> node.server().start());
    awaitReady();
  }

  /** Returns the instances. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Returns the token of a caller that may do everything. */
  public String token() {
    return identity.token();
  }

  /** Connects to all instances, in their order. */
  public Instances connect() {
    return connect(1);
  }

  /** As {@link #connect()}, with several connections to each. */
  public Instances connect(int connections) {
    return connect(nodes, connections);
  }

  /** Connects to one instance. */
  Instances connectTo(Node node) {
    return connect(List.of(node), 1);
  }

  private Instances connect(List<Node> to, int connections) {
    List<String> addresses = to.stream().map(node -> node.server().address()).toList();
    return Instances.connect(addresses, connections, Credentials.token(identity.token()));
  }

  /**
   * Returns how many reads of entities the instances have sent to DynamoDB, a batch counted as one.
   */
  public long storeReads() {
    return nodes.stream()
        .map(node -> node.store().faults().requests())
        .mapToLong(
            counts -> counts.getOrDefault("GetItem", 0L) + counts.getOrDefault("BatchGetItem", 0L))
        .sum();
  }

  /** Returns the highest number of reads of entities that one instance had in flight. */
  public int mostReadsInFlight() {
    return nodes.stream().mapToInt(node -> node.store().faults().mostReads()).max().orElse(0);
  }

  /** Counts reads of items whose key contains {@code text}, from now on. */
  public LongSupplier countReads(String text) {
    StoreRule rule = StoreRule.of(StoreRule.Effect.NOTE).operations("GetItem", "BatchGetItem");
    List<StoreFaults.Active> active =
        nodes.stream().map(node -> node.store().faults().add(rule.about(text))).toList();
    return () -> active.stream().mapToLong(StoreFaults.Active::struck).sum();
  }

  /**
   * Waits until the repair has processed the last write, or its timeout has passed, and then until
   * nobody calls the cache any more.
   */
  public void awaitRepair() throws InterruptedException {
    long before = cacheCalls("Get");
    long end = System.nanoTime() + REPAIR_TIMEOUT.toNanos();
    while (cacheCalls("Get") == before && System.nanoTime() - end < 0) {
      Thread.sleep(50);
    }
    settle();
  }

  /** Waits until the cache has not been called for longer than the repair pauses. */
  public void settle() throws InterruptedException {
    long before = -1;
    for (long now = cacheCalls(""); now != before; now = cacheCalls("")) {
      before = now;
      Thread.sleep(QUIET);
    }
  }

  /** Returns how many calls the cache received of methods whose name starts with this. */
  private long cacheCalls(String rpc) {
    return nodes.stream()
        .flatMap(node -> node.cache().calls().entrySet().stream())
        .filter(entry -> entry.getKey().startsWith(rpc))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Empties the cache. */
  public void flush() {
    cache.flush(NAME);
  }

  /** Returns the cache that the instances share. */
  public LocalCache cache() {
    return cache;
  }

  /** Returns the database that the instances share; calls made here meet no injected faults. */
  public LocalDynamoDb dynamoDb() {
    return dynamoDb;
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    cache.close();
    dynamoDb.close();
  }
}
