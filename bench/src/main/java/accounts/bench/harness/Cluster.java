package accounts.bench.harness;

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

/** Several instances over one DynamoDB Local and one local cache. */
public final class Cluster implements AutoCloseable {

  /** The table, and the cache. */
  static final String NAME = "accounts";

  private static final Duration REPAIR_PATIENCE = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final LocalDynamoDb dynamoDb;
  private final LocalCache cache;
  private final ServerProgram program;
  private final Map<String, String> environment;
  private final Path logs;
  private final List<Node> nodes = new ArrayList<>();
  private int beside;

  private Cluster(
      LocalDynamoDb dynamoDb,
      LocalCache cache,
      ServerProgram program,
      Map<String, String> environment,
      Path logs) {
    this.dynamoDb = dynamoDb;
    this.cache = cache;
    this.program = program;
    this.environment = environment;
    this.logs = logs;
  }

  /**
   * Starts one and returns when all of it can be used.
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
   * Starts one of servers that may lack a safeguard; see {@link #start(int, Map, long, Path)}.
   *
   * @param program what all instances run
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
    StoreDoor store = StoreDoor.open(dynamoDb.endpoint());
    Map<String, String> variables = new HashMap<>(AwsEnvironment.variables(store.endpoint()));
    variables.put("MOMENTO_LOCAL_ENDPOINT", door.endpoint());
    variables.put("ACCOUNTS_TABLE", NAME);
    variables.put("ACCOUNTS_CACHE", NAME);
    variables.putAll(environment);
    variables.putAll(changed);
    Node node =
        new Node(
            name, door, store, ServerProcess.of(variables, program, logs.resolve(name + ".log")));
    node.server().start();
    return node;
  }

  /**
   * Starts one more instance, which is none of {@link #nodes} and is the caller's to close.
   *
   * @param changed variables that are other than the others'
   */
  Node startBeside(String what, Map<String, String> changed) {
    beside++;
    return started(what + "-" + beside, changed);
  }

  private void awaitReady() throws InterruptedException {
    for (Node node : nodes) {
      node.server().awaitReady();
    }
  }

  /**
   * Ends all instances as {@code kill -9} does, and starts them again; returns when they listen.
   */
  public void restart() throws InterruptedException {
    nodes.forEach(node -> node.server().close());
    nodes.forEach(node -> node.server().start());
    awaitReady();
  }

  /** Returns the instances. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Returns where the instances listen, in their order. */
  public List<String> addresses() {
    return nodes.stream().map(node -> node.server().address()).toList();
  }

  /** Returns how often the instances read things from DynamoDB, batches counted once. */
  public long storeReads() {
    return nodes.stream()
        .map(node -> node.store().faults().requests())
        .mapToLong(
            counts -> counts.getOrDefault("GetItem", 0L) + counts.getOrDefault("BatchGetItem", 0L))
        .sum();
  }

  /** Returns how many reads of entities one instance had under way at the most. */
  public int mostReadsUnderWay() {
    return nodes.stream().mapToInt(node -> node.store().faults().mostReads()).max().orElse(0);
  }

  /** Begins to count requests for items whose key contains {@code text}. */
  public LongSupplier countReads(String text) {
    StoreRule rule = StoreRule.of(StoreRule.Effect.NOTE).operations("GetItem", "BatchGetItem");
    List<StoreFaults.Active> active =
        nodes.stream().map(node -> node.store().faults().add(rule.about(text))).toList();
    return () -> active.stream().mapToLong(StoreFaults.Active::struck).sum();
  }

  /**
   * Waits until the repair has come to what was written last, or has long had the time to, and then
   * until nobody calls the cache any more.
   */
  public void awaitRepair() throws InterruptedException {
    long before = cacheCalls("Get");
    long end = System.nanoTime() + REPAIR_PATIENCE.toNanos();
    while (cacheCalls("Get") == before && System.nanoTime() - end < 0) {
      Thread.sleep(50);
    }
    settle();
  }

  /** Waits until nobody has called the cache for longer than the repair pauses. */
  public void settle() throws InterruptedException {
    long before = -1;
    for (long now = cacheCalls(""); now != before; now = cacheCalls("")) {
      before = now;
      Thread.sleep(QUIET);
    }
  }

  /** Returns how many calls of methods that begin so came to the cache. */
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

  /** Returns the cache that they share. */
  public LocalCache cache() {
    return cache;
  }

  /** Returns the table that they share, past all faults. */
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
