package accounts.admin;

import accounts.cache.LoadObserver;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts how callers of one key came by their answers. */
final class LoadCounts implements LoadObserver {

  enum Role {
    /** A look began, for whoever wants the same. */
    LED,
    /** A caller shared another's look. */
    COALESCED,
    /** A look found another instance reading the store, and waits for it. */
    FOLLOWED
  }

  private final Counts<Role> loads;

  LoadCounts(PrometheusRegistry registry) {
    loads =
        new Counts<>(
            Events.counter(
                registry,
                "accounts_loads",
                "Looks for one key, in the cache and if need be in DynamoDB: led, coalesced callers,"
                    + " times another instance's load was waited for.",
                "role"),
            Role.class);
  }

  @Override
  public void led() {
    loads.add(Role.LED);
  }

  @Override
  public void joined() {
    loads.add(Role.COALESCED);
  }

  void followed() {
    loads.add(Role.FOLLOWED);
  }
}
