package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.bench.freshness.Instances;
import accounts.bench.harness.Cluster;
import accounts.bench.load.Sample.Ending;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A measurement of many reads of different users at once through one instance whose cache has
 * stopped.
 */
public final class Burst {

  /** Of each instance: the load has more than 100 calls in flight. */
  private static final int CONNECTIONS = 4;

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration OUTAGE_DETECTED = Duration.ofSeconds(3);
  private static final int WARM_UPS = 20;

  private final Cluster cluster;
  private final Report report = new Report();

  private Burst(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Sends two bursts and returns the report.
   *
   * @param few the number of reads that must all be answered
   * @param many the number of reads, more than the instance accepts
   * @param bound how many reads of DynamoDB the instance accepts at once, in flight and queued
   */
  public static Report run(Cluster cluster, int few, int many, int bound)
      throws InterruptedException {
    Burst burst = new Burst(cluster);
    try (Instances instances = cluster.connect(CONNECTIONS)) {
      burst.run(instances.all().getFirst(), few, many, bound);
    }
    return burst.report;
  }

  private void run(Instance instance, int few, int many, int bound) throws InterruptedException {
    Population population = Population.create(instance, "burst", many);
    warmUp(instance, few, population);
    cluster.cache().stop();
    Thread.sleep(OUTAGE_DETECTED);
    judge("few", send(instance, few, population), few);
    judge("many", send(instance, many, population), Math.min(bound, many));
  }

  /** Sends as many reads while the cache runs, so that cold code is not measured. */
  private void warmUp(Instance instance, int few, Population population)
      throws InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      cluster.flush();
      var unused = send(instance, few, population);
    }
  }

  private static Samples send(Instance instance, int count, Population population)
      throws InterruptedException {
    SampleLog log = new SampleLog();
    CountDownLatch left = new CountDownLatch(count);
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      GetUserRequest request = GetUserRequest.newBuilder().setUsername(population.at(i)).build();
      instance
          .asyncStub(DEADLINE)
          .getUser(
              request,
              new SampleObserver<GetUserResponse>(
                  log, began, SteadyLoad::endingOf, left::countDown));
    }
    left.await();
    return log.all();
  }

  private void judge(String name, Samples samples, int least) {
    long answered = samples.count(Ending.MISS);
    long refused = samples.failed("RESOURCE_EXHAUSTED");
    report.line(
        "%s: %,d different users at once, cache stopped: %,d answered (p50 %.0f ms, max %.0f ms), failed: %s"
            .formatted(
                name,
                samples.offered(),
                answered,
                samples.millis(50),
                samples.millis(100),
                samples.failures()));
    report.check(
        answered >= least, "answered: %,d (expected: %,d or more)".formatted(answered, least));
    report.check(
        answered + refused == samples.offered(),
        "neither answered nor shed: %,d (expected: none)"
            .formatted(samples.offered() - answered - refused));
  }
}
