package accounts.bench.load;

import accounts.bench.freshness.Instance;
import java.util.List;

/**
 * What a load is directed at.
 *
 * @param instances through which it goes, in turn
 * @param users whom it is about, in turn
 * @param perSecond how many calls
 */
record Targets(List<Instance> instances, Population users, double perSecond) {

  Targets {
    instances = List.copyOf(instances);
  }

  /** Every user comes to every instance: the turn moves on by one in each round of the users. */
  Instance instance(long number) {
    long turn = number + number / users.size();
    return instances.get(Math.floorMod(turn, instances.size()));
  }
}
