package accounts.repair;

import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.Advance;
import accounts.cache.CacheAnswer;
import accounts.cache.InMemoryAccountCache;
import accounts.cache.RecordingAccountCache;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RepairerTest {

  private static final EntityKey<User> KEY = userKey("olivia");
  private static final Lookup<User> OLD = new Lookup.Absent<>(new Revision(1));

  private final InMemoryAccountCache memory = new InMemoryAccountCache();
  private final RecordingAccountCache cache = new RecordingAccountCache(memory);
  private final List<Set<EntityKey<?>>> raised = new ArrayList<>();
  private final Repairer repairer =
      new Repairer(
          cache,
          (keys, scope) -> {
            raised.add(Set.copyOf(keys));
            return CompletableFuture.completedFuture(null);
          },
          Duration.ofSeconds(5));

  @Test
  void changed_cached_isAMiss() {
    memory.fill(KEY, OLD, started(), scope()).join();
    repairer.changed(Set.of(KEY)).join();

    assertThat(look()).isInstanceOf(CacheAnswer.Miss.class);
    assertThat(raised).isEmpty();
  }

  // Nothing is in the cache yet, but soon will be: the reader read before the change.
  @Test
  void changed_fillUnderWay_countsForNothing() {
    Stamp stamp = started();
    repairer.changed(Set.of(KEY)).join();
    memory.fill(KEY, OLD, stamp, scope()).join();

    assertThat(look()).isInstanceOf(CacheAnswer.Miss.class);
  }

  @Test
  void changed_cacheAway_raisesOnceForAll() {
    cache.away = true;
    Set<EntityKey<?>> keys =
        IntStream.range(0, 250).mapToObj(i -> userKey("user-" + i)).collect(Collectors.toSet());
    repairer.changed(keys).join();

    assertThat(raised).containsExactly(keys);
  }

  @Test
  void changed_oneAdvanceUnanswered_raisesForIt() {
    cache.stuck = Set.of(KEY);
    repairer.changed(Set.of(KEY, userKey("paul"))).join();

    assertThat(raised).containsExactly(Set.of(KEY));
    assertThat(cache.advances).hasSize(2);
  }

  private Stamp started() {
    return ((Advance.Alone) memory.start(KEY, Stamp.NONE, scope()).join()).stamp();
  }

  private CacheAnswer look() {
    return Objects.requireNonNull(memory.getAll(List.of(KEY), scope()).join().get(KEY));
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(5));
  }
}
