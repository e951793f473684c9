package accounts.repair;

import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.CacheAnswer;
import accounts.cache.LeaseAnswer;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is done about a change, by what the cache says. */
final class RepairerTest {

  private static final EntityKey<?> KEY = userKey("olivia");
  private static final Stamp STAMP = new Stamp(7, 0);
  private static final Lookup<?> OLD = new Lookup.Absent<User>(new Revision(1));
  private static final Lookup<?> NEW = new Lookup.Absent<User>(new Revision(2));

  private final ScriptedCache cache = new ScriptedCache();
  private final List<Collection<EntityKey<?>>> raised = new ArrayList<>();
  private final Repairer repairer =
      new Repairer(
          cache,
          (keys, scope) -> {
            raised.add(List.copyOf(keys));
            return CompletableFuture.completedFuture(null);
          },
          Duration.ofSeconds(5));

  private void changed(ItemChange... changes) {
    repairer.changed(List.of(changes)).join();
  }

  private static ItemChange change(Lookup<?> answer) {
    return new ItemChange(KEY, Optional.of(answer));
  }

  @Test
  void changed_cacheHasIt_nothing() {
    cache.answer = new CacheAnswer.Hit(NEW, STAMP);
    changed(change(NEW));
    assertThat(cache.advanced).isEmpty();
    assertThat(raised).isEmpty();
  }

  @Test
  void changed_cacheHasAnother_advances() {
    cache.answer = new CacheAnswer.Hit(OLD, STAMP);
    changed(change(NEW));
    assertThat(cache.advanced).containsExactly(KEY);
  }

  @Test
  void changed_cacheHasALaterRevision_advances() {
    // Who changes the table by hand may set a revision back.
    cache.answer = new CacheAnswer.Hit(NEW, STAMP);
    changed(change(OLD));
    assertThat(cache.advanced).containsExactly(KEY);
  }

  @Test
  void changed_severalOfOneKey_lastCounts() {
    cache.answer = new CacheAnswer.Hit(NEW, STAMP);
    changed(change(OLD), change(NEW));
    assertThat(cache.advanced).isEmpty();
  }

  @Test
  void changed_missWithoutGeneration_nothing() {
    cache.answer = new CacheAnswer.Miss(Stamp.NONE);
    changed(change(NEW));
    assertThat(cache.advanced).isEmpty();
  }

  @Test
  void changed_missWithGeneration_advances() {
    // A reader's fill of the old answer may be on its way.
    cache.answer = new CacheAnswer.Miss(STAMP);
    changed(change(NEW));
    assertThat(cache.advanced).containsExactly(KEY);
  }

  @Test
  void changed_unreadable_advances() {
    cache.answer = new CacheAnswer.Hit(OLD, STAMP);
    changed(new ItemChange(KEY, Optional.empty()));
    assertThat(cache.advanced).containsExactly(KEY);
  }

  @Test
  void changed_cacheAway_raisesOnceForAll() {
    cache.answer = new CacheAnswer.Unavailable();
    ItemChange[] changes = new ItemChange[250];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = new ItemChange(userKey("user-" + i), Optional.of(NEW));
    }
    changed(changes);
    assertThat(raised).singleElement().satisfies(keys -> assertThat(keys).hasSize(250));
  }

  @Test
  void changed_advanceNotAnswered_raises() {
    cache.answer = new CacheAnswer.Hit(OLD, STAMP);
    cache.advance = new Advance.Unavailable();
    changed(change(NEW));
    assertThat(raised).containsExactly(List.of(KEY));
  }

  /** Answers as it is told. */
  private static final class ScriptedCache implements AccountCache {

    private CacheAnswer answer = new CacheAnswer.Unavailable();
    private Advance advance = new Advance.Together();
    private final List<EntityKey<?>> advanced = new ArrayList<>();

    @Override
    public CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
        Collection<EntityKey<?>> keys, CallScope scope) {
      Map<EntityKey<?>, CacheAnswer> answers = new HashMap<>();
      keys.forEach(key -> answers.put(key, answer));
      return CompletableFuture.completedFuture(answers);
    }

    @Override
    public CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope) {
      throw new AssertionError("a repairer starts nothing");
    }

    @Override
    public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
      advanced.add(key);
      return CompletableFuture.completedFuture(advance);
    }

    @Override
    public CompletableFuture<Void> fill(
        EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
      throw new AssertionError("a repairer fills nothing");
    }

    @Override
    public CompletableFuture<LeaseAnswer> lease(EntityKey<?> key, Stamp stamp, CallScope scope) {
      throw new AssertionError("a repairer loads nothing");
    }
  }
}
