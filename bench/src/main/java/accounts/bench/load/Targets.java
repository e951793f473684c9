package accounts.bench.load;

import accounts.bench.freshness.Instance;
import java.util.List;

/**
 * The instances and users of a load, and its rate.
 *
 * @param instances that are called, in turn
 * @param users that are read or changed, in turn
 * @param perSecond calls per second
 */
record Targets(List<Instance> instances, Population users, double perSecond) {

  Targets {
    instances = List.copyOf(instances);
  }

  /**
   * Returns the instance for a call. The turn moves on by one in each round of the users, so that
   * every user is requested through every instance.
   */
  Instance instance(long number) {
    long turn = number + number / users.size();
    return instances.get(Math.floorMod(turn, instances.size()));
  }
}
