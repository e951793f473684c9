package accounts.freshness;

import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.service.CommitListener;
import accounts.service.WriteEffects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AnnouncedCommitsTest {

  private static final EntityKey<User> ALICE = userKey("alice");
  private static final EntityKey<User> BOB = userKey("bob");
  private static final WriteEffects EFFECTS =
      new WriteEffects(
          Map.of(ALICE, new Lookup.Found<>(user("alice"))), Map.of(BOB, new Revision(4)), Map.of());

  /** What the cache was told completes when the test says so. */
  private final CompletableFuture<Void> cacheTold = new CompletableFuture<>();

  private final List<Map<EntityKey<?>, Revision>> hints = new ArrayList<>();
  private final List<EntityKey<?>> dropped = new ArrayList<>();
  private final CommitListener commits =
      new AnnouncedCommits(new Cache(), hints::add, dropped::add);

  private final class Cache implements CommitListener {

    @Override
    public CompletableFuture<Void> committed(WriteEffects effects, CallScope scope) {
      return cacheTold;
    }

    @Override
    public CompletableFuture<Void> replayed(WriteEffects effects, CallScope scope) {
      return cacheTold;
    }

    @Override
    public CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope) {
      return cacheTold;
    }
  }

  // A near cache that drops an answer before the cache is updated would reload the old one.
  @Test
  void committed_cacheNotToldYet_saysNothing() {
    assertThat(commits.committed(EFFECTS, scope())).isNotDone();
    assertThat(commits.replayed(EFFECTS, scope())).isNotDone();
    assertThat(commits.outcomeUnknown(Set.of(ALICE), scope())).isNotDone();

    assertThat(dropped).isEmpty();
    assertThat(hints).isEmpty();
  }

  @Test
  void committed_cacheTold_dropsAndHintsWhatChanged() {
    cacheTold.complete(null);

    assertThat(commits.committed(EFFECTS, scope())).isCompleted();
    assertThat(dropped).containsExactly(ALICE);
    assertThat(hints).containsExactly(Map.of(ALICE, Revision.FIRST));
  }

  // The instance that made the change may have died before it sent a hint.
  @Test
  void replayed_cacheTold_dropsAndHintsWhatItRestsOn() {
    cacheTold.complete(null);

    assertThat(commits.replayed(EFFECTS, scope())).isCompleted();
    assertThat(dropped).containsExactly(BOB);
    assertThat(hints).containsExactly(Map.of(BOB, new Revision(4)));
  }

  @Test
  void committed_cacheCannotBeTold_failsAndSaysNothing() {
    cacheTold.completeExceptionally(new IllegalStateException("no store"));

    assertThat(commits.committed(EFFECTS, scope())).isCompletedExceptionally();
    assertThat(dropped).isEmpty();
    assertThat(hints).isEmpty();
  }

  // A hint names a revision that no read falls behind: here is none.
  @Test
  void outcomeUnknown_anyKeys_dropsAndGivesNoHint() {
    cacheTold.complete(null);

    assertThat(commits.outcomeUnknown(Set.of(ALICE), scope())).isCompleted();
    assertThat(dropped).containsExactly(ALICE);
    assertThat(hints).isEmpty();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
