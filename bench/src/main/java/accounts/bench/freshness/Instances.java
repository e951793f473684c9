package accounts.bench.freshness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The instances that a run checks. */
public record Instances(List<Instance> all) implements AutoCloseable {

  /**
   * Connects to each {@code host:port}; the instances are named a, b, c and so on.
   *
   * @param connections to each, for loads of more than the 100 calls that may be in flight on one
   */
  public static Instances connect(
      List<String> addresses, int connections, Credentials credentials) {
    List<Instance> all = new ArrayList<>();
    for (String address : addresses) {
      all.add(Instance.connect(name(all.size()), address, connections, credentials));
    }
    return new Instances(List.copyOf(all));
  }

  /** Returns the name of the instance with this number, from 0. */
  public static String name(int number) {
    return number < 26 ? String.valueOf((char) ('a' + number)) : "i" + number;
  }

  /** Returns the instance of that name; closing it stays with this object. */
  Instances only(String name) {
    return new Instances(all.stream().filter(one -> one.name().equals(name)).toList());
  }

  /** Returns all but the instance of that name; closing them stays with this object. */
  Instances without(String name) {
    return new Instances(all.stream().filter(one -> !one.name().equals(name)).toList());
  }

  /** Returns one of them at random. */
  Instance any() {
    return all.get(ThreadLocalRandom.current().nextInt(all.size()));
  }

  /** Returns the instance of a number, going round. */
  Instance at(int number) {
    return all.get(number % all.size());
  }

  @Override
  public void close() {
    all.forEach(Instance::close);
  }
}
