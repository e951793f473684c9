package accounts.bench.simulation;

import accounts.bench.simulation.Simulation.Plan;

/** The simulated fleet while something is wrong. */
final class Faults {

  private static final Size SIZE = new Size(10, 50_000, 2_000);
  private static final double WRITES = 0.02;

  private final Plan plan;
  private final Sheet sheet;

  Faults(Plan plan, Sheet sheet) {
    this.plan = plan;
    this.sheet = sheet;
  }

  void run() {
    Zipf zipf = new Zipf(SIZE.keys(), plan.zipf());
    sheet.part(
        "An instance that is cut off from the cache",
        """
        %s, %s of them changes, the rest FRESH reads. One of the instances, which owns the stream, gets no answer of the cache for 20 s. Its
        writes are acknowledged by way of notices.
        """
            .formatted(SIZE.text(), Figures.percent(WRITES)),
        new CutOffInstance(SIZE, zipf, WRITES).run(plan.seed()));
    sheet.part(
        "DynamoDB late",
        """
        %s, FRESH reads, whose callers wait for 2 s. Every answer of DynamoDB is late, for 15 s each; half of the less popular keys are not
        cached at first. With a delay of an epoch lease (1 s) no instance has a lease any more, so none uses the cache.
        """
            .formatted(SIZE.text()),
        new LateStore(SIZE, zipf).run(plan.seed()));
  }
}
