package accounts.bench.freshness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** All instances under check. */
public record Instances(List<Instance> all) implements AutoCloseable {

  /** Connects to {@code host:port} each; they are called a, b, c and so on. */
  public static Instances connect(List<String> addresses) {
    List<Instance> all = new ArrayList<>();
    for (String address : addresses) {
      all.add(Instance.connect(name(all.size()), address));
    }
    return new Instances(List.copyOf(all));
  }

  /** Returns what the instance of that number is called. */
  public static String name(int number) {
    return number < 26 ? String.valueOf((char) ('a' + number)) : "i" + number;
  }

  /** Returns the one of that name, which these still close. */
  Instances only(String name) {
    return new Instances(all.stream().filter(one -> one.name().equals(name)).toList());
  }

  /** Returns all but the one of that name; these still close them. */
  Instances without(String name) {
    return new Instances(all.stream().filter(one -> !one.name().equals(name)).toList());
  }

  /** Returns any of them. */
  Instance any() {
    return all.get(ThreadLocalRandom.current().nextInt(all.size()));
  }

  /** Returns one for each number, all of them equally often. */
  Instance at(int number) {
    return all.get(number % all.size());
  }

  @Override
  public void close() {
    all.forEach(Instance::close);
  }
}
