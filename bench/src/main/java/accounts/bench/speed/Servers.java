package accounts.bench.speed;

import accounts.bench.baseline.BareGetItem;
import accounts.bench.baseline.Echo;
import accounts.bench.baseline.MeteredEcho;
import accounts.bench.baseline.Relay;
import accounts.bench.freshness.Credentials;
import accounts.bench.freshness.Instance;
import accounts.bench.harness.BackendsProcess;
import accounts.bench.harness.BenchIdentity;
import accounts.bench.harness.ServerCommand;
import accounts.bench.harness.ServerProgram;
import accounts.bench.harness.StoreProxy;
import accounts.bench.harness.TraceSink;
import accounts.bench.load.Population;
import accounts.bench.speed.Subject.Program;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The servers of a measurement, over one DynamoDB Local and one local cache that are a process of
 * their own. All JVMs have the flags of the image. For one thread.
 */
final class Servers implements AutoCloseable {

  /** Only one instance repairs, so that what it costs is the measured service's. */
  private static final Map<String, String> BESIDE = Map.of("ACCOUNTS_REPAIR", "false");

  private static final String STORE = "AWS_ENDPOINT_URL_DYNAMODB";

  private final Duration start;
  private final List<String> jvm;
  private final Path logs;
  private final BenchIdentity identity;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Subject> starting = new ArrayList<>();
  private final BackendsProcess backends;

  /**
   * @param start for how long a service may warm itself up before it takes calls
   * @param jvm flags of the servers' JVMs beside the image's
   */
  Servers(Duration start, List<String> jvm, Path logs) {
    this.start = start;
    this.jvm = jvm;
    this.logs = logs;
    this.backends = backends("backends");
    this.identity = BenchIdentity.create(logs.resolve("identity"));
  }

  BackendsProcess backends() {
    return backends;
  }

  private BackendsProcess backends(String name) {
    BackendsProcess started = BackendsProcess.start(logs.resolve(name + ".log"));
    open.add(started);
    return started;
  }

  Subject echo() {
    return bare("echo", Echo.class);
  }

  Subject meteredEcho() {
    return bare("metered echo", MeteredEcho.class);
  }

  Subject relay() {
    return bare("relay", Relay.class);
  }

  Subject getItem() {
    return bare("getitem", BareGetItem.class);
  }

  private Subject bare(String name, Class<?> main) {
    ServerCommand command =
        ServerCommand.asDeployed(List.of(main.getName()))
            .on(System.getProperty("java.class.path"))
            .with(jvm);
    return started(name, command, Program.JVM, environment(backends), backends);
  }

  Subject service() {
    return started(
        "service", service(ServerProgram.INTACT), Program.SERVICE, environment(backends), backends);
  }

  /**
   * One more instance of the service.
   *
   * @param number from 1
   */
  Subject serviceBeside(int number) {
    String name = "service " + number;
    return started(name, service(ServerProgram.INTACT), Program.SERVICE, beside(), backends);
  }

  /**
   * An instance of which nothing but its memory is measured.
   *
   * @param image a folder with the files of the image to start; empty for this build's classes
   */
  Subject serviceAlone(Optional<Path> image) {
    ServerCommand command =
        image
            .map(root -> ServerCommand.ofImage(root).with(jvm))
            .orElseGet(() -> service(ServerProgram.INTACT));
    return started("service alone", command, Program.SERVICE, beside(), backends);
  }

  /** A service that asks its callers for {@link #token}. */
  Subject serviceWithToken() {
    Map<String, String> environment = beside();
    environment.putAll(identity.environment());
    return started(
        "service with token",
        service(ServerProgram.INTACT),
        Program.SERVICE,
        environment,
        backends);
  }

  /** A service that exports the traces of one call in a hundred, and metrics once a minute. */
  Subject serviceTraced() {
    TraceSink sink = TraceSink.open();
    open.add(sink);
    Map<String, String> environment = beside();
    environment.putAll(sink.environment(0.01));
    return started(
        "service traced", service(ServerProgram.INTACT), Program.SERVICE, environment, backends);
  }

  Credentials token() {
    return Credentials.token(identity.token());
  }

  /** A server with the service's code and the tutorials' protocol. */
  Subject tutorial() {
    Map<String, String> environment = beside();
    environment.put("ACCOUNTS_HINTS", "false");
    return started(
        "tutorial", service(new ServerProgram("tutorial")), Program.SERVICE, environment, backends);
  }

  /** The tutorials' server in Node.js, installed into {@code folder}. */
  Subject node(Path folder) {
    ServerCommand command =
        ServerCommand.program(List.of("node", folder.resolve("server.mjs").toString()));
    return started("node", command, Program.OTHER, environment(backends), backends);
  }

  /** Calls of plain HTTP. */
  HttpCalls http() {
    HttpCalls calls = new HttpCalls();
    open.add(calls);
    return calls;
  }

  /**
   * Another build of the service. It has a table and a cache of its own, since two builds may use
   * different formats.
   */
  Subject before(String classpath) {
    ServerCommand command = service(ServerProgram.INTACT).on(classpath);
    BackendsProcess behind = backends("backends before");
    return started("before", command, Program.SERVICE, environment(behind), behind);
  }

  private Map<String, String> beside() {
    Map<String, String> environment = environment(backends);
    environment.putAll(BESIDE);
    return environment;
  }

  private Map<String, String> environment(BackendsProcess behind) {
    Map<String, String> environment = new HashMap<>(behind.environment());
    environment.put("ACCOUNTS_WARM_UP", start.toMillis() + "ms");
    return environment;
  }

  private ServerCommand service(ServerProgram program) {
    return program.asDeployed().command().with(jvm);
  }

  /** Its requests to DynamoDB pass a proxy in this process, which counts them. */
  private Subject started(
      String name,
      ServerCommand command,
      Program program,
      Map<String, String> environment,
      BackendsProcess behind) {
    StoreProxy store = StoreProxy.open(URI.create(environment.getOrDefault(STORE, "")));
    open.add(store);
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(STORE, store.endpoint().toString());
    Supplier<Units> units = () -> Units.of(behind.cacheItems(), store.faults().units());
    Subject subject = Subject.start(name, command, program, variables, units, logs);
    open.add(subject);
    starting.add(subject);
    return subject;
  }

  /** Waits until all servers take calls. */
  void awaitReady() throws InterruptedException {
    for (Subject subject : starting) {
      subject.awaitReady();
    }
    starting.clear();
  }

  /** Connects to a server. */
  Connections connect(Subject subject, Credentials credentials) {
    Connections connections = Connections.open(subject.address(), credentials);
    open.add(connections);
    return connections;
  }

  /** Creates users through a server. */
  static Population create(Subject subject, String prefix, int count) throws InterruptedException {
    try (Instance instance = Instance.connect("speed", subject.address())) {
      return Population.create(instance, prefix, count);
    }
  }

  @Override
  public void close() {
    for (AutoCloseable one : open.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
