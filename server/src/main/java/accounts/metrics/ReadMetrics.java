package accounts.metrics;

import accounts.domain.EntityKey;
import accounts.read.ReadObserver;
import accounts.service.Consistency;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.Source;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts answers by source, and how concurrent readers of one key shared loads. */
final class ReadMetrics implements ReadObserver {

  private enum Kind {
    USER,
    ORGANIZATION,
    MEMBERSHIP;

    static Kind of(EntityKey<?> key) {
      return switch (key) {
        case EntityKey.UserKey user -> USER;
        case EntityKey.OrganizationKey organization -> ORGANIZATION;
        case EntityKey.MembershipKey membership -> MEMBERSHIP;
      };
    }
  }

  private enum Role {
    /** A shared lookup began. */
    LED,
    /** A caller shared another's lookup. */
    COALESCED,
    /** A lookup found another instance reading the store, and waits for it. */
    AWAITED
  }

  private final Map<Kind, Counts<Source>> fresh;
  private final Map<Kind, Counts<Source>> bounded;
  private final Map<Kind, Counts<Source>> store;
  private final Counts<Role> loads;

  ReadMetrics(PrometheusRegistry registry) {
    Counter answers =
        Events.counter(
            registry,
            "accounts_answers",
            "Answers by requested consistency, kind of entity and source, one for each key.",
            "consistency",
            "kind",
            "source");
    this.fresh = byKind(answers, Consistency.FRESH);
    this.bounded = byKind(answers, Consistency.BOUNDED);
    this.store = byKind(answers, Consistency.STORE);
    this.loads =
        new Counts<>(
            Events.counter(
                registry,
                "accounts_loads",
                "Shared lookups of single keys: started, callers that joined one,"
                    + " and loads that waited for another instance's.",
                "role"),
            Role.class);
  }

  private static Map<Kind, Counts<Source>> byKind(Counter answers, Consistency consistency) {
    Map<Kind, Counts<Source>> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(
          kind, new Counts<>(answers, Source.class, Counts.label(consistency), Counts.label(kind)));
    }
    return counts;
  }

  @Override
  public void answered(ReadOptions options, EntityKey<?> key, ReadResult<?> result) {
    Counts<Source> ofKind = counts(options.consistency()).get(Kind.of(key));
    if (ofKind != null) { // always: the constructor knows them all
      ofKind.add(result.source());
    }
  }

  private Map<Kind, Counts<Source>> counts(Consistency consistency) {
    return switch (consistency) {
      case FRESH -> fresh;
      case BOUNDED -> bounded;
      case STORE -> store;
    };
  }

  @Override
  public void loadStarted() {
    loads.add(Role.LED);
  }

  @Override
  public void loadJoined() {
    loads.add(Role.COALESCED);
  }

  @Override
  public void loadAwaited() {
    loads.add(Role.AWAITED);
  }
}
