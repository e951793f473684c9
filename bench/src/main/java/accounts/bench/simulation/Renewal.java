package accounts.bench.simulation;

import java.time.Duration;
import java.util.function.DoubleFunction;
import java.util.function.LongToDoubleFunction;

/**
 * What is expected of one key that is called in a Poisson process, by renewal theory: what the
 * simulation tends to in the long run, at sizes where it cannot be run. A key's cell is filled,
 * lives for its time to live, counted anew from each change, and is filled again by the first
 * lookup after that. So is its entry in each instance's memory.
 *
 * @param instances over which its calls are spread evenly
 * @param bounded the share of BOUNDED reads among the reads
 * @param writes the share of changes among the calls
 * @param ttl of a cell, on average
 * @param bound {@code ACCOUNTS_BOUNDED_AGE}; zero: nothing is kept in memory
 * @param refreshAt the share of it after which an answer that is asked for is read anew
 * @param lookup how long a lookup in the cache takes on average
 * @param unshared how long a load takes during which other callers load, too; zero where they share
 *     it
 * @param mostWrites changes per second of one key beyond which there are none
 */
record Renewal(
    int instances,
    double bounded,
    double writes,
    Duration ttl,
    Duration bound,
    double refreshAt,
    Duration lookup,
    Duration unshared,
    double mostWrites) {

  /**
   * Events per second.
   *
   * @param reads that are asked for
   * @param near of them answered from memory
   * @param gets of one cell
   * @param loads reads of the table
   * @param changes of users
   */
  record Rates(double reads, double near, double gets, double loads, double changes) {

    static final Rates NONE = new Rates(0, 0, 0, 0, 0);

    /** Returns these and so many times others. */
    Rates plus(Rates other, double times) {
      return new Rates(
          reads + times * other.reads,
          near + times * other.near,
          gets + times * other.gets,
          loads + times * other.loads,
          changes + times * other.changes);
    }

    /** Returns the share of the reads that the table was not asked for. */
    double hitRatio() {
      return 1 - loads / reads;
    }

    double nearRatio() {
      return near / reads;
    }
  }

  /** Returns the same for another time to live. */
  Renewal withTtl(Duration other) {
    return new Renewal(
        instances, bounded, writes, other, bound, refreshAt, lookup, unshared, mostWrites);
  }

  /**
   * Returns what is expected of a key.
   *
   * @param calls per second, through all instances
   */
  Rates of(double calls) {
    double changes = Math.min(mostWrites, writes * calls);
    double reads = (1 - writes) * calls;
    double nearReads = bounded * reads / instances;
    double nearLoads = nearLoads(nearReads, changes);
    double nearMisses = nearLoads * waiting(nearReads, changes);
    double fresh = nearLoads + (1 - bounded) * reads / instances + changes / instances;
    double gets = instances * coalesced(fresh);
    double loads = loads(gets, lifetimeRenewed(ttl, changes));
    return new Rates(reads, instances * (nearReads - nearMisses), gets, loads, changes);
  }

  /**
   * Loads per second of an entry: it lives until it may be read anew, then until it is asked for.
   */
  private double nearLoads(double reads, double changes) {
    return reads > 0 ? 1 / (lifetime(share(bound), changes) + 1 / reads) : 0;
  }

  /** The share of an entry's loads that a caller waits for: nobody asked for it shortly before. */
  private double waiting(double reads, double changes) {
    double aged = Math.exp(-changes * seconds(share(bound)));
    double asked = -Math.expm1(-reads * Math.max(0, 1 - refreshAt) * seconds(bound));
    return 1 - aged * asked;
  }

  private Duration share(Duration time) {
    return Duration.ofNanos((long) (Math.min(1, refreshAt) * time.toNanos()));
  }

  private double loads(double gets, double lifetime) {
    double herd = gets * seconds(unshared);
    return gets > 0 ? (1 + herd) / (lifetime + 1 / gets + seconds(unshared)) : 0;
  }

  /** How long an entry lives that each change ends. */
  private static double lifetime(Duration most, double changes) {
    double seconds = seconds(most);
    return changes > 0 ? -Math.expm1(-changes * seconds) / changes : seconds;
  }

  /** How long a cell lives that each change gives its whole time to live again. */
  private static double lifetimeRenewed(Duration ttl, double changes) {
    double seconds = seconds(ttl);
    return changes > 0 ? Math.expm1(changes * seconds) / changes : seconds;
  }

  /** Lookups per second of an instance: callers that arrive while one is running share the next. */
  private double coalesced(double callers) {
    double busy = Math.exp(callers * seconds(lookup));
    return Double.isInfinite(busy)
        ? 1 / seconds(lookup)
        : callers * busy / (1 + callers * seconds(lookup) * busy);
  }

  /** Returns the share of the time in which a key that is called so often has a cell. */
  double presence(double calls) {
    double lifetime = lifetimeRenewed(ttl, Math.min(mostWrites, writes * calls));
    double gets = of(calls).gets();
    return Double.isInfinite(lifetime) ? 1 : lifetime / (lifetime + 1 / gets);
  }

  /**
   * Returns how much of its time to live a cell has lived since it was filled or changed.
   *
   * @param random from 0 to 1, to draw from its distribution
   */
  double livedShare(double calls, double random) {
    double expected = Math.min(mostWrites, writes * calls) * seconds(ttl);
    return expected < 1e-6 ? random : -Math.log1p(random * Math.expm1(-expected)) / expected;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /**
   * Returns what is expected of all keys from one rank on: the popular ones one by one, the others
   * in groups whose keys are called nearly equally often.
   *
   * @param calls per second of all keys, those before {@code from} included
   */
  Rates of(Zipf zipf, long from, double calls) {
    return sum(zipf, from, share -> of(calls * share));
  }

  /** Sums something over all keys from one rank on, given the share of the calls of each. */
  static Rates sum(Zipf zipf, long from, DoubleFunction<Rates> ofShare) {
    Rates sum = Rates.NONE;
    long rank = from;
    while (rank <= zipf.keys()) {
      long last = Math.min(zipf.keys(), rank + rank / 200);
      long size = last - rank + 1;
      sum = sum.plus(ofShare.apply(zipf.share(rank, last) / (double) size), (double) size);
      rank = last + 1;
    }
    return sum;
  }

  /** Sums what is expected of some keys. */
  Rates of(long[] ranks, LongToDoubleFunction callsOfKey) {
    Rates sum = Rates.NONE;
    for (long rank : ranks) {
      sum = sum.plus(of(callsOfKey.applyAsDouble(rank)), 1);
    }
    return sum;
  }
}
