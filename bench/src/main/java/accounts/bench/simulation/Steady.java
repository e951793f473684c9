package accounts.bench.simulation;

import accounts.bench.simulation.BurstTrace.Bursts;
import accounts.bench.simulation.PoissonTrace.Mix;
import accounts.bench.simulation.Renewal.Rates;
import accounts.domain.EntityKey.UserKey;
import accounts.service.Source;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * A fleet in its everyday state: a sample of its keys is simulated for two times to live, the few
 * keys that are called most are computed.
 */
final class Steady {

  /** Calls that a run may take. */
  private static final double CALLS = 160_000;

  private static final int TTLS = 2;

  /**
   * The share of a run's calls that one key may take: more of them, and the sum would be chance.
   */
  private static final double MOST_OF_ONE_KEY = 0.01;

  private final Size size;
  private final Zipf zipf;
  private final Mix mix;
  private final long seed;

  /**
   * What was found.
   *
   * @param all computed, all keys
   * @param head computed, the keys before the sample
   * @param expected computed, the keys of the sample
   * @param simulated the keys of the sample
   * @param rate of the sample
   */
  record Finding(Rates all, Rates head, Rates expected, Rates simulated, double rate) {

    /** Returns the share of all reads that are hits, by the sample and the computed head. */
    double hitRatio() {
      return estimate().hitRatio();
    }

    /** Returns all keys' rates, by the sample and the computed head. */
    Rates estimate() {
      return head.plus(simulated, 1 / rate);
    }
  }

  Steady(Size size, Zipf zipf, Mix mix, long seed) {
    this.size = size;
    this.zipf = zipf;
    this.mix = mix;
    this.seed = seed;
  }

  /** Returns what the fleet tends to, as far as it can be computed. */
  Renewal renewal(Settings settings) {
    return new Renewal(
        size.instances(),
        mix.bounded(),
        mix.writes(),
        settings.ttl(),
        settings.bound(),
        settings.refreshAt(),
        settings.cache().mean(),
        Duration.ZERO,
        Quotas.MOST_WRITES_OF_A_KEY);
  }

  /** Which trace is played. */
  enum Load {
    /** Poisson, all the time the same. */
    ZIPF,
    /** The same, and bursts of single keys that double the calls. */
    BURSTS
  }

  /** Simulates the service. */
  Finding service(Settings settings, Load load) {
    Renewal renewal = renewal(settings);
    Sampling sampling = sampling(settings.ttl());
    Fleet fleet = Fleet.start(settings);
    preload(renewal, sampling, fleet::preload);
    Tally tally = new Tally();
    long began = fleet.loop().nanoTime();
    Player.of(fleet, call -> tally, Duration.ZERO).play(sampling.trace(load, mix, seed));
    double seconds = (fleet.loop().nanoTime() - began) / 1e9 - Player.LATER.toSeconds();
    Rates simulated =
        new Rates(
            tally.reads() / seconds,
            tally.from(Source.NEAR_CACHE) / seconds,
            (fleet.cache().gets().total() - tally.writes()) / seconds, // without the repair's
            fleet.store().reads().total() / seconds,
            tally.writes() / seconds);
    return finding(renewal, sampling, simulated);
  }

  /** Simulates the tutorial's protocol. */
  Finding tutorial(Settings settings, Load load) {
    Renewal renewal = Tutorial.renewal(mix.writes(), settings);
    Sampling sampling = sampling(settings.ttl());
    TutorialFleet fleet = new TutorialFleet(settings);
    preload(renewal, sampling, fleet::preload);
    Tally tally = new Tally();
    new Player(fleet.loop(), fleet, call -> tally, Duration.ZERO)
        .play(sampling.trace(load, mix, seed));
    double seconds = fleet.loop().nanoTime() / 1e9 - Player.LATER.toSeconds();
    Rates simulated =
        new Rates(
            tally.reads() / seconds,
            0,
            fleet.cache().gets().total() / seconds,
            fleet.store().reads().total() / seconds,
            tally.writes() / seconds);
    return finding(renewal, sampling, simulated);
  }

  private Finding finding(Renewal renewal, Sampling sampling, Rates simulated) {
    Rates all = renewal.of(zipf, 1, size.calls());
    Rates tail = renewal.of(zipf, sampling.from(), size.calls());
    return new Finding(
        all,
        all.plus(tail, -1),
        renewal.of(sampling.keys().ranks(), rank -> size.calls() * zipf.share(rank)),
        simulated,
        sampling.rate());
  }

  /** Puts a key into the cache as it may be at any moment of the steady state. */
  private interface Preload {
    void put(UserKey key, double livedShare);
  }

  private void preload(Renewal renewal, Sampling sampling, Preload preload) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    for (long rank : sampling.keys().ranks()) {
      double calls = size.calls() * zipf.share(rank);
      if (random.nextDouble() < renewal.presence(calls)) {
        preload.put(Users.key(rank), renewal.livedShare(calls, random.nextDouble()));
      }
    }
  }

  private Sampling sampling(Duration ttl) {
    double seconds = TTLS * ttl.toSeconds();
    long from = 1;
    while (from < zipf.keys()
        && zipf.share(from) * size.calls() * seconds > MOST_OF_ONE_KEY * CALLS) {
      from = from + 1 + from / 50;
    }
    double tail = zipf.share(from, zipf.keys()) * size.calls() * seconds;
    double rate = Math.min(1, CALLS / tail);
    KeySample keys = KeySample.of(zipf, from, rate, seed);
    return new Sampling(keys, from, rate, size.calls() * keys.share(), ttl.multipliedBy(TTLS));
  }

  /**
   * What is simulated of a fleet.
   *
   * @param from the most popular key that may be in the sample
   * @param rate of the sample
   * @param calls of its keys, per second
   * @param length of the run
   */
  private record Sampling(KeySample keys, long from, double rate, double calls, Duration length) {

    Trace trace(Load load, Mix mix, long seed) {
      return switch (load) {
        case ZIPF -> steady(mix, seed);
        case BURSTS -> bursts(mix, seed);
      };
    }

    private Trace steady(Mix mix, long seed) {
      return new PoissonTrace(keys, mix.at(calls), length, seed);
    }

    /** Ten bursts in a time to live, of half a minute each, with as many calls as all others. */
    private Trace bursts(Mix mix, long seed) {
      Duration every = length.dividedBy(10L * TTLS);
      Duration burst = Duration.ofSeconds(Math.min(30, every.toSeconds() / 4));
      double rate = calls * every.toNanos() / burst.toNanos();
      return new BurstTrace(
          steady(mix, seed),
          keys,
          mix.at(rate),
          new Bursts(every.minus(burst), burst, rate),
          length,
          seed + 2);
    }
  }
}
