package accounts.bench.load;

import accounts.bench.harness.Cluster;
import accounts.bench.harness.Node;
import accounts.client.AccountsClient;
import accounts.client.MembershipKey;
import accounts.client.Watch;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A measurement of many watches under a load of changes, while instances are killed: no change may
 * be missing, and each entity's must come in order.
 */
public final class Watching implements AutoCloseable {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final int ORGANIZATIONS = 20;
  private static final int MEMBERS = 10;
  private static final int MOST_IN_FLIGHT = 200;

  /** Below the 100 calls that a connection of one instance may have, of three. */
  private static final int WATCHES_PER_CLIENT = 80;

  /** Of so many watches, one is of everything, one of a user, the others of organizations. */
  private static final int KINDS = 10;

  private static final Duration KILL_EVERY = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final double GROWTH = 1.25;

  /**
   * Others change nothing, are refused, meet an instance that is killed, or are too many for the
   * machine. Each that is made should be seen by a hundred watches, so a tenth shows enough.
   */
  private static final double LEAST_MADE = 0.1;

  private final Cluster cluster;
  private final Report report = new Report();
  private final List<AccountsClient> clients = new ArrayList<>();
  private final List<CheckingWatcher> watchers = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final Map<MembershipKey, Long> latest = new ConcurrentHashMap<>();
  private final AtomicLong failed = new AtomicLong();

  /**
   * What is done.
   *
   * @param watches how many are open
   * @param changes a second
   * @param length how long instances are killed
   */
  public record Plan(int watches, double changes, Duration length) {}

  private Watching(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Opens watches, changes roles, and kills instances. */
  public static Report run(Cluster cluster, Plan plan) throws InterruptedException {
    InstancesResolver.register(
        cluster.nodes().stream().map(node -> node.server().address()).toList());
    try (Watching watching = new Watching(cluster)) {
      watching.run(plan);
      return watching.report;
    }
  }

  private void run(Plan plan) throws InterruptedException {
    AccountsClient writer = client();
    WatchedMembers members = WatchedMembers.create(writer, ORGANIZATIONS, MEMBERS);
    cluster.settle();
    open(plan.watches());
    Node survivor = cluster.nodes().getLast();
    long kills;
    long early;
    OpenLoop loop =
        OpenLoop.start(
            "changes",
            plan.changes(),
            MOST_IN_FLIGHT,
            (number, due, ended) -> change(writer, members, number, ended),
            due -> failed.incrementAndGet());
    try (loop) {
      Thread.sleep(KILL_EVERY.multipliedBy(2));
      early = survivor.server().residentMebibytes();
      kills = kill(plan.length());
    }
    long late = survivor.server().residentMebibytes();
    Map<MembershipKey, Long> revisions = members.revisions(writer);
    Duration after = awaitAll(revisions);
    verdict(plan, kills, revisions, after);
    report.line(
        "memory of an instance that was not killed: %d MiB, then %d".formatted(early, late));
    report.check(late < early * GROWTH, "its memory is flat");
  }

  private AccountsClient client() {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + cluster.token());
    AccountsClient client =
        AccountsClient.builder(InstancesResolver.TARGET)
            .plaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
            .build();
    clients.add(client);
    return client;
  }

  private void open(int number) throws InterruptedException {
    AccountsClient client = client();
    for (int i = 0; i < number; i++) {
      if (i % WATCHES_PER_CLIENT == WATCHES_PER_CLIENT - 1) {
        client = client();
      }
      watches.add(open(client, i));
    }
    await(LIMIT, () -> watchers.stream().allMatch(CheckingWatcher::isOpen));
    report.check(watchers.stream().allMatch(CheckingWatcher::isOpen), number + " watches are open");
  }

  private Watch open(AccountsClient client, int number) {
    if (number % KINDS == 0) {
      return client.watchEverything("", watcher(key -> true));
    }
    if (number % KINDS == 1) {
      String user = WatchedMembers.member(number / KINDS % MEMBERS);
      return client.watchUser(user, "", watcher(key -> key.username().equals(user)));
    }
    String name = WatchedMembers.organization(number % ORGANIZATIONS);
    return client.watchOrganization(name, "", watcher(key -> key.organizationName().equals(name)));
  }

  private CheckingWatcher watcher(Predicate<MembershipKey> subject) {
    CheckingWatcher watcher = new CheckingWatcher(subject);
    watchers.add(watcher);
    return watcher;
  }

  private void change(AccountsClient writer, WatchedMembers members, long number, Runnable ended) {
    var unused =
        members
            .change(writer, number)
            .whenComplete((membership, failure) -> {
              if (failure == null) {
                acknowledged.incrementAndGet();
                latest.merge(members.key(number), membership.revision(), Math::max);
              } else {
                failed.incrementAndGet();
              }
              ended.run();
            });
  }

  /** Kills all instances but the last one in turn. */
  private long kill(Duration length) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    long kills = 0;
    int victims = cluster.nodes().size() - 1;
    while (System.nanoTime() - end < 0) {
      long began = System.nanoTime();
      Node node = cluster.nodes().get((int) (kills % victims));
      node.server().close();
      kills++;
      node.server().start();
      node.server().awaitReady();
      Thread.sleep(Math.max(0, KILL_EVERY.minusNanos(System.nanoTime() - began).toMillis()));
    }
    return kills;
  }

  private Duration awaitAll(Map<MembershipKey, Long> revisions) throws InterruptedException {
    return await(
        LIMIT, () -> watchers.stream().allMatch(watcher -> watcher.missing(revisions) == 0));
  }

  private static Duration await(Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long began = System.nanoTime();
    while (!condition.getAsBoolean() && System.nanoTime() - began < limit.toNanos()) {
      Thread.sleep(LOOK);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void verdict(Plan plan, long kills, Map<MembershipKey, Long> revisions, Duration after) {
    long made = revisions.values().stream().mapToLong(revision -> revision - 1).sum();
    long seen = watchers.stream().mapToLong(CheckingWatcher::changes).sum();
    long missing = watchers.stream().mapToLong(watcher -> watcher.missing(revisions)).sum();
    List<String> faults =
        watchers.stream().flatMap(watcher -> watcher.faults().stream()).limit(10).toList();
    report.line(
        "%,d changes made (%,d acknowledged, %,d failed or left out), %,d seen by %,d watches; %d kills"
            .formatted(made, acknowledged.get(), failed.get(), seen, plan.watches(), kills));
    report.line("all were seen %.1f s after the last change".formatted(after.toMillis() / 1000.0));
    faults.forEach(fault -> report.line("  " + fault));
    report.check(
        latest.entrySet().stream()
            .allMatch(last -> revisions.getOrDefault(last.getKey(), 0L) >= last.getValue()),
        "every acknowledged change has its revision");
    double planned = plan.changes() * (double) plan.length().toSeconds();
    report.check(
        made >= LEAST_MADE * planned,
        "%,d changes were made (expected: %.0f %% of %,.0f or more)"
            .formatted(made, 100 * LEAST_MADE, planned));
    report.check(missing == 0, "no watch misses a change, %d do".formatted(missing));
    report.check(faults.isEmpty(), "each entity's changes came in order, without a gap");
    report.check(kills >= plan.length().toSeconds() / 10, "instances were killed: " + kills);
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
    clients.forEach(AccountsClient::close);
  }
}
