package accounts.bench.simulation;

/**
 * How large a fleet is.
 *
 * @param calls per second, of all instances together
 */
record Size(int instances, long keys, double calls) {

  String text() {
    return "%s inst., %s keys, %s calls/s"
        .formatted(Figures.of(instances), Figures.of(keys), Figures.of(calls));
  }
}
