package accounts.bench.simulation;

import java.util.random.RandomGenerator;

/** How often each key is called. Keys are numbers from 1. */
interface KeyDistribution {

  /** Draws the key of the next call. */
  long next(RandomGenerator random);
}
