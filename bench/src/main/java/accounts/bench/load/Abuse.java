package accounts.bench.load;

import accounts.bench.abuse.Attack;
import accounts.bench.abuse.Attacks;
import accounts.bench.freshness.Instance;
import accounts.bench.harness.BackendsProcess;
import accounts.bench.harness.MemoryCgroup;
import accounts.bench.harness.ServerCommand;
import accounts.bench.harness.ServerProcess;
import accounts.bench.harness.ServerProgram;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.Role;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A measurement of what a polite caller of one instance sees, and of the instance's memory and log,
 * while somebody else attacks the instance.
 */
public final class Abuse implements AutoCloseable {

  /**
   * The size of the measurement.
   *
   * @param attack how long each attack lasts
   * @param after how long the instance may take to be as before
   * @param only attacks whose name contains this
   * @param pod whether the instance has the memory of a pod, 768 MiB, beyond which it is killed,
   *     and the heap that it has there
   */
  public record Plan(Duration attack, Duration after, String only, boolean pod) {}

  private static final int POLITE_PER_SECOND = 20;
  private static final double LEAST_SUCCESS = 0.99;
  private static final long MOST_MEBIBYTES = 512;

  /** The limit in k8s/base/deployment.yaml. */
  private static final long POD_MEBIBYTES = 768;

  /** Code that was compiled and classes that were loaded meanwhile stay. */
  private static final double MOST_KEPT = 1.75;

  private static final int MOST_LINES = 20;
  private static final int USERS = 200;
  private static final int MEMBERS = 200;
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration GIVEN_BACK_WITHIN = Duration.ofSeconds(60);
  private static final Duration IDLE_AT_MOST = Duration.ofMinutes(2);
  private static final Duration WATCH_EVERY = Duration.ofMillis(100);

  private final Plan plan;
  private final Optional<MemoryCgroup> pod;
  private final long mostMebibytes;
  private final BackendsProcess backends;
  private final ServerProcess server;
  private final Instance polite;
  private final Report report = new Report();

  private Abuse(Plan plan, Path logs) {
    this.plan = plan;
    this.pod = plan.pod() ? Optional.of(MemoryCgroup.create(POD_MEBIBYTES)) : Optional.empty();
    this.mostMebibytes = plan.pod() ? POD_MEBIBYTES : MOST_MEBIBYTES;
    this.backends = BackendsProcess.start(logs.resolve("backends.log"));
    List<String> main = List.of("accounts.server.Main");
    ServerCommand command =
        pod.map(memory -> ServerCommand.inPod(main, memory))
            .orElseGet(() -> ServerCommand.asDeployed(main));
    this.server =
        ServerProcess.of(
            backends.environment(), ServerProgram.of(command), logs.resolve("abused.log"));
    this.polite = Instance.connect("abused", server.address());
  }

  /** Runs all attacks, one after the other, and returns the report. */
  public static Report run(Plan plan, Path logs) throws InterruptedException {
    try (Abuse abuse = new Abuse(plan, logs)) {
      abuse.server.start();
      abuse.server.awaitReady();
      abuse.attackUnlessKilled();
      abuse.pod.ifPresent(abuse::judgePod);
      return abuse.report;
    }
  }

  private void attack() throws InterruptedException {
    Population users = Population.create(polite, "abused", USERS);
    try (Attacks attacks = new Attacks(server.address(), users.usernames(), organization());
        SteadyLoad load =
            SteadyLoad.reads(new Targets(List.of(polite), users, POLITE_PER_SECOND))) {
      load.awaitHits();
      Samples calm = load.reads().in(Period.pass("calm", plan.attack()));
      report.line(
          "%d reads/s of a polite caller, %s; each attack lasts %d s"
              .formatted(
                  POLITE_PER_SECOND,
                  plan.pod() ? "pod of 768 MiB, heap 60 % of it" : "heap 300 MiB",
                  plan.attack().toSeconds()));
      report.line(
          "%-44s %9s %9s %12s %12s %9s  %s"
              .formatted(
                  "", "success", "p99 ms", "resident MiB", "after MiB", "log lines", "attacker"));
      long before = server.residentMebibytes();
      row("nobody", calm, before, before, 0, "");
      for (Attack attack : attacks.all()) {
        if (attack.name().contains(plan.only())) {
          measure(attack, load);
        }
      }
      judgeIdle(attacks);
      judgeMemoryGivenBack(before);
    }
  }

  private void attackUnlessKilled() throws InterruptedException {
    try {
      attack();
    } catch (UncheckedIOException e) {
      // The system no longer knows the process.
      if (pod.map(MemoryCgroup::kills).orElse(0L) == 0) {
        throw e;
      }
    }
  }

  private void judgePod(MemoryCgroup memory) {
    report.check(
        memory.kills() == 0,
        "killed %d times for want of memory (expected: 0; limit %d MiB, at most %d used, page cache included)"
            .formatted(memory.kills(), POD_MEBIBYTES, memory.peakMebibytes()));
  }

  /** Connections end after {@code ACCOUNTS_CONNECTION_AGE}, give or take a tenth, used or not. */
  private void judgeIdle(Attacks attacks) throws InterruptedException {
    long opened = attacks.idle();
    if (opened == 0) {
      return; // not asked for
    }
    for (long i = 0; i < IDLE_AT_MOST.dividedBy(WATCH_EVERY) && attacks.idle() > 0; i++) {
      Thread.sleep(WATCH_EVERY);
    }
    report.check(
        attacks.idle() == 0,
        "two minutes later: %d of %d idle connections open (expected: none)"
            .formatted(attacks.idle(), opened));
  }

  private void judgeMemoryGivenBack(long before) throws InterruptedException {
    long most = (long) (MOST_KEPT * before);
    long now = server.residentMebibytes();
    for (long i = 0; i < GIVEN_BACK_WITHIN.dividedBy(WATCH_EVERY) && now > most; i++) {
      Thread.sleep(WATCH_EVERY);
      now = server.residentMebibytes();
    }
    report.check(
        now <= most,
        "a minute after all of them: %d MiB resident (expected: %d at most, 1.75 times what was before)"
            .formatted(now, most));
  }

  private void measure(Attack attack, SteadyLoad load) throws InterruptedException {
    long lines = server.lines();
    long from = System.nanoTime();
    attack.start();
    long most = watch(plan.attack());
    attack.stop();
    Period during = new Period(attack.name(), from, System.nanoTime());
    Thread.sleep(plan.after());
    long after = server.residentMebibytes();
    Samples seen = load.reads().in(during);
    long written = server.lines() - lines;
    row(attack.name(), seen, most, after, written, attack.effort());
    judge(attack.name(), seen, most, written);
    report.check(
        attack.wasMet(),
        "%s: %s (expected: something refused, reset or closed)"
            .formatted(attack.name(), attack.effort()));
  }

  /** Returns the most memory resident in this time. */
  private long watch(Duration time) throws InterruptedException {
    long most = 0;
    for (long i = 0; i < time.dividedBy(WATCH_EVERY); i++) {
      Thread.sleep(WATCH_EVERY);
      most = Math.max(most, server.residentMebibytes());
    }
    return most;
  }

  private void row(String name, Samples seen, long most, long after, long lines, String effort) {
    report.line(
        "%-44s %7.1f %% %9.0f %12d %12d %9d  %s"
            .formatted(name, 100 * success(seen), seen.millis(99), most, after, lines, effort));
  }

  private void judge(String name, Samples seen, long most, long lines) {
    report.check(
        success(seen) >= LEAST_SUCCESS,
        "%s: %.1f %% of the polite caller's reads answered (expected: %.0f %% or more); errors: %s"
            .formatted(name, 100 * success(seen), 100 * LEAST_SUCCESS, seen.failures()));
    report.check(
        most < mostMebibytes,
        "%s: %d MiB resident (expected: less than %d)".formatted(name, most, mostMebibytes));
    report.check(
        lines <= MOST_LINES,
        "%s: %d lines of log (expected: %d at most)".formatted(name, lines, MOST_LINES));
  }

  private static double success(Samples seen) {
    long answered = seen.count(Sample.Ending.HIT) + seen.count(Sample.Ending.MISS);
    return seen.offered() == 0 ? 0 : answered / (double) seen.offered();
  }

  /** Creates an organization whose list of members is long, and returns its name. */
  private String organization() throws InterruptedException {
    List<String> names =
        IntStream.range(0, MEMBERS).mapToObj(i -> "member-%0120d".formatted(i)).toList();
    Population members = Population.create(polite, names);
    String organization =
        polite
            .stub(DEADLINE)
            .createOrganization(
                CreateOrganizationRequest.newBuilder()
                    .setOrganizationName("abused")
                    .setFoundingUser(members.at(0))
                    .build())
            .getOrganization()
            .getOrganizationName();
    for (int i = 1; i < MEMBERS; i++) {
      var unused =
          polite
              .stub(DEADLINE)
              .addUserToOrganization(
                  AddUserToOrganizationRequest.newBuilder()
                      .setOrganizationName(organization)
                      .setMemberUsername(members.at(i))
                      .setAddingUser(members.at(0))
                      .setRole(Role.ROLE_MEMBER)
                      .build());
    }
    return organization;
  }

  @Override
  public void close() {
    polite.close();
    server.close();
    backends.close();
    pod.ifPresent(MemoryCgroup::close);
  }
}
