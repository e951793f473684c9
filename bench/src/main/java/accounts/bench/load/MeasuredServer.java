package accounts.bench.load;

import accounts.bench.freshness.Credentials;
import accounts.bench.freshness.Instance;
import accounts.bench.harness.BackendsProcess;
import accounts.bench.harness.BenchIdentity;
import accounts.bench.harness.ServerCommand;
import accounts.bench.harness.ServerProcess;
import accounts.bench.harness.ServerProgram;
import accounts.v1.GetUserRequest;
import accounts.v1.Source;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A server whose processor time for a hit is measured. For one thread. */
final class MeasuredServer implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int MOST_FILLS = 10;

  private final String name;
  private final ServerProcess server;
  private final Instance instance;
  private final List<Double> microsPerCall = new ArrayList<>();
  private final LongAdder noHits = new LongAdder();
  private Population population = new Population(List.of());

  private MeasuredServer(String name, ServerProcess server, Instance instance) {
    this.name = name;
    this.server = server;
    this.instance = instance;
  }

  /** Starts a server; returns when it listens. */
  static MeasuredServer start(
      String name, BackendsProcess backends, ServerCommand command, Path logs)
      throws InterruptedException {
    ServerProcess server = process(name, backends.environment(), command, logs);
    return started(new MeasuredServer(name, server, Instance.connect(name, server.address())));
  }

  /**
   * Starts a server that asks its callers for tokens; returns when it listens.
   *
   * @param identity whose token the measurement's calls carry
   */
  static MeasuredServer start(
      String name,
      BackendsProcess backends,
      ServerCommand command,
      BenchIdentity identity,
      Path logs)
      throws InterruptedException {
    Map<String, String> environment = new HashMap<>(backends.environment());
    environment.putAll(identity.environment());
    ServerProcess server = process(name, environment, command, logs);
    return started(
        new MeasuredServer(
            name,
            server,
            Instance.connect(name, server.address(), 1, Credentials.token(identity.token()))));
  }

  private static ServerProcess process(
      String name, Map<String, String> environment, ServerCommand command, Path logs) {
    return ServerProcess.of(environment, ServerProgram.of(command), logs.resolve(name + ".log"));
  }

  private static MeasuredServer started(MeasuredServer subject) throws InterruptedException {
    try {
      subject.server.start();
      subject.server.awaitReady();
      return subject;
    } catch (RuntimeException | InterruptedException e) {
      subject.close();
      throw e;
    }
  }

  /** Creates users, reads them until all are cached, and warms the server's code up. */
  void prepare(int users, int callers, int warmUp) throws InterruptedException {
    population = Population.create(instance, "hit", users);
    for (int i = 0; i < MOST_FILLS && !isWarm(callers); i++) {
      Thread.sleep(Duration.ofSeconds(1));
    }
    call(callers, warmUp);
    noHits.reset();
  }

  private boolean isWarm(int callers) throws InterruptedException {
    noHits.reset();
    call(callers, population.size());
    return noHits.sum() == 0;
  }

  /** Makes so many calls and records their processor time. */
  void round(int callers, int calls) throws InterruptedException {
    Duration before = server.processorTime();
    call(callers, calls);
    Duration taken = server.processorTime().minus(before);
    microsPerCall.add(taken.toNanos() / 1e3 / calls);
  }

  /** Makes so many calls; each caller sends its next call when its last has ended. */
  private void call(int callers, int calls) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int number = next.getAndIncrement();
                    number < calls;
                    number = next.getAndIncrement()) {
                  call(number);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void call(int number) {
    try {
      var request = GetUserRequest.newBuilder().setUsername(population.at(number)).build();
      if (instance.stub(DEADLINE).getUser(request).getSource() != Source.SOURCE_CACHE) {
        noHits.increment();
      }
    } catch (StatusRuntimeException e) {
      noHits.increment();
    }
  }

  long noHits() {
    return noHits.sum();
  }

  double medianMicros() {
    List<Double> sorted = microsPerCall.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Returns the line of this server in the table. */
  String row(double relayMicros) {
    return "%-8s %11.1f %11.1f %11.1f %12.2f %,9d"
        .formatted(
            name,
            medianMicros(),
            microsPerCall.stream().mapToDouble(Double::doubleValue).min().orElse(0),
            microsPerCall.stream().mapToDouble(Double::doubleValue).max().orElse(0),
            medianMicros() / relayMicros,
            noHits());
  }

  @Override
  public void close() {
    instance.close();
    server.close();
  }
}
