package accounts.bench.speed;

import accounts.bench.freshness.Credentials;
import accounts.bench.load.Population;
import accounts.bench.load.Report;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.Consistency;
import accounts.v1.GetUserRequest;
import accounts.v1.Source;
import accounts.v1.UpdateUserRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * How throughput, processor time and latency change with the hit ratio, with changes, with a hot
 * key and with the number of instances; and what is seen over time when the cache is slow,
 * throttled, gone, back and empty. For one thread.
 */
public final class Curves implements AutoCloseable {

  private static final int USERS = 2000;
  private static final double EXPONENT = 0.99;
  private static final long SEED = 1;
  private static final int PERCENT = 100;
  private static final List<Integer> HITS = List.of(0, 50, 90, 99, 100);
  private static final List<Integer> CHANGES = List.of(0, 1, 10);
  private static final List<Integer> INSTANCES = List.of(1, 2, 4);
  private static final String RARE = "rare";

  private final Servers servers;
  private final Duration length;
  private final CurveTable table = new CurveTable();
  private final List<Subject> instances = new ArrayList<>();
  private final List<Connections> connections = new ArrayList<>();
  private Population users = new Population(List.of());

  private Curves(Duration start, Duration length, Path logs) {
    this.servers = new Servers(start, List.of(), logs);
    this.length = length;
  }

  /**
   * Measures all curves and writes them.
   *
   * @param start for how long each instance may warm itself up
   * @param length how long each point is measured
   * @param results the folder for the page and its plots
   */
  public static Report run(Duration start, Duration length, Path logs, Path results)
      throws InterruptedException {
    try (Curves curves = new Curves(start, length, logs)) {
      curves.start();
      curves.hitRatios();
      curves.changes();
      curves.hotKey();
      curves.instances();
      Outages outages =
          Outages.watch(
              curves.read(0, curves.users, number -> number), curves.servers.backends(), length);
      return new CurveFiles(results).write(curves.table, outages);
    }
  }

  private void start() throws InterruptedException {
    instances.add(servers.service());
    for (int i = 1; i < INSTANCES.getLast(); i++) {
      instances.add(servers.serviceBeside(i));
    }
    servers.awaitReady();
    for (Subject instance : instances) {
      connections.add(servers.connect(instance, Credentials.NONE));
    }
    users = Servers.create(instances.getFirst(), "speed", USERS);
    Population rare = Servers.create(instances.getFirst(), RARE, USERS);
    Case warm = new Case(Kind.FRESH, instances.getFirst(), read(0, users, n -> n));
    warm.warmUp(length.multipliedBy(5));
    new Case(Kind.MISS, instances.getFirst(), misses(rare)).warmUp(length.multipliedBy(5));
  }

  /** Chooses the key of a call. */
  private interface Keys {
    long at(long number);
  }

  private Call read(int instance, Population of, Keys keys) {
    List<GetUserRequest> requests = requests(of, Consistency.CONSISTENCY_FRESH);
    return connections
        .get(instance)
        .calls(
            AccountServiceGrpc.getGetUserMethod(),
            number -> requests.get(Math.floorMod(keys.at(number), requests.size())),
            answer -> answer.getSource() != Source.SOURCE_STORE);
  }

  private static List<GetUserRequest> requests(Population users, Consistency consistency) {
    return users.usernames().stream()
        .map(name ->
            GetUserRequest.newBuilder().setUsername(name).setConsistency(consistency).build())
        .toList();
  }

  private Call misses(Population rare) {
    Call read = read(0, rare, number -> number);
    return (number, ended) -> {
      if (number % USERS == 0) {
        servers.backends().forget(RARE);
      }
      read.send(number, ended);
    };
  }

  private void hitRatios() throws InterruptedException {
    Call hit = read(0, users, number -> number);
    Population rare = Population.named(RARE, USERS);
    for (int percent : HITS) {
      Call miss = misses(rare);
      measure("hit ratio", percent, mixed(hit, miss, number -> number % PERCENT < percent));
    }
  }

  /** Numbers the calls of the second kind by themselves, so that each of its users has a turn. */
  private static Call mixed(Call first, Call second, LongPredicate isFirst) {
    AtomicLong next = new AtomicLong();
    return (number, ended) -> {
      if (isFirst.test(number)) {
        first.send(number, ended);
      } else {
        second.send(next.getAndIncrement(), ended);
      }
    };
  }

  private void changes() throws InterruptedException {
    ZipfKeys zipf = new ZipfKeys(USERS, EXPONENT, SEED);
    Call read = read(0, users, zipf::at);
    Call change =
        connections
            .getFirst()
            .calls(
                AccountServiceGrpc.getUpdateUserMethod(),
                number -> update(users.at(zipf.at(number)), number),
                answer -> answer.hasUser());
    for (int percent : CHANGES) {
      measure("changes", percent, mixed(read, change, number -> number % PERCENT >= percent));
    }
  }

  private static UpdateUserRequest update(String username, long number) {
    UpdateUserRequest.Builder request = UpdateUserRequest.newBuilder();
    request.getUserBuilder().setUsername(username).setLastName("Measured " + number);
    return request.build();
  }

  private void hotKey() throws InterruptedException {
    for (int keys : List.of(1, 10, 100, USERS)) {
      measure("keys", keys, read(0, users, number -> number % keys));
    }
  }

  private void instances() throws InterruptedException {
    for (int count : INSTANCES) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Call read = read(i, users, number -> number);
        new Case(Kind.FRESH, instances.get(i), read).warmUp(length.multipliedBy(5));
        calls.add(read);
      }
      measure(
          "instances",
          count,
          (number, ended) -> calls.get(Math.floorMod(number, count)).send(number / count, ended));
    }
  }

  /** Measures a point, with the processor time of the first instance. */
  private void measure(String curve, int x, Call call) throws InterruptedException {
    Case measured = new Case(Kind.FRESH, instances.getFirst(), call);
    Throughput closed = measured.closed(length);
    Latency half = measured.open(closed.perSecond() / 2, length);
    table.add(curve, x, closed, half);
  }

  @Override
  public void close() {
    servers.close();
  }
}
