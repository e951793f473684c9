package accounts.bench.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Tallies of calls by when they were due: one for each period of a run. */
final class Periods implements Function<Call, Tally> {

  private final List<Period> periods = new ArrayList<>();
  private final Tally rest = new Tally();

  /**
   * A period; its seconds are those of the trace.
   *
   * @param to is not included
   */
  record Period(String name, int from, int to, Tally tally) {

    int seconds() {
      return to - from;
    }
  }

  /** Adds a period. */
  Periods add(String name, int from, int to) {
    periods.add(new Period(name, from, to, new Tally()));
    return this;
  }

  @Override
  public Tally apply(Call call) {
    double second = call.at() / 1e9;
    return periods.stream()
        .filter(period -> second >= period.from && second < period.to)
        .map(Period::tally)
        .findFirst()
        .orElse(rest);
  }

  List<Period> all() {
    return List.copyOf(periods);
  }
}
