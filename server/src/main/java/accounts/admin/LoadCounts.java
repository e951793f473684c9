package accounts.admin;

import accounts.cache.LoadObserver;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts how callers came by what the cache did not have. */
final class LoadCounts implements LoadObserver {

  enum Role {
    /** A load began, for whoever wants the same. */
    LED,
    /** A caller shared another's load. */
    COALESCED,
    /** A load found another instance at it. */
    FOLLOWED
  }

  private final Counts<Role> loads;

  LoadCounts(PrometheusRegistry registry) {
    loads =
        new Counts<>(
            Events.counter(
                registry,
                "accounts_loads",
                "Shared loads of what the cache does not have: led by this instance, coalesced callers,"
                    + " followed another instance.",
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
