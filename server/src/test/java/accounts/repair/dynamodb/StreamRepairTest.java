package accounts.repair.dynamodb;

import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.repair.dynamodb.RepairWorld.TIMEOUT;
import static accounts.repair.dynamodb.RepairWorld.await;
import static accounts.repair.dynamodb.RepairWorld.itemKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.CapturedLog;
import accounts.cache.Cell;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.repair.ChangeListener;
import accounts.store.Change;
import accounts.store.Notice;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Changes that no living writer told the cache of, from the table to the cells. */
final class StreamRepairTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Membership MEMBER = membership("acme", "olivia", Role.MEMBER);
  private static final MembershipKey MEMBER_KEY = MEMBER.key();
  private static final Map<String, AttributeValue> MEMBER_ITEM =
      itemKey("ORGMEMBERS#acme", "MEMBER#olivia");
  private static final User USER = user("olivia");
  private static final Optional<ChangeListener> IGNORES =
      Optional.of(events -> CompletableFuture.completedFuture(null));

  private final RepairWorld world = new RepairWorld();

  private static Cell found(Entity entity) {
    return new Cell.Value(1, new Lookup.Found<>(entity));
  }

  private static void assertInvalidated(RepairWorld.Instance instance, EntityKey<?> key)
      throws InterruptedException {
    assertThat(instance.await(key, LIMIT)).isNotNull();
    assertThat(instance.cells.cell(key)).contains(new Cell.Invalid());
  }

  private RepairWorld.Instance repairing() throws InterruptedException {
    return world.new Instance().ready();
  }

  private void leave(String id, EntityKey<?> key, long revision) {
    world
        .notices
        .leave(new Notice(id, Map.of(key, new Revision(revision))), CallScope.of(TIMEOUT))
        .join();
  }

  private boolean isDone(String id) {
    return world.notices.isDone(id, CallScope.of(TIMEOUT)).join();
  }

  @Test
  void updateItem_cached_isInvalidated() throws InterruptedException {
    world.commit(new Change.Create(MEMBER));
    try (RepairWorld.Instance instance = repairing()) {
      instance.cells.put(MEMBER_KEY, found(MEMBER));
      world
          .client
          .updateItem(update ->
              update
                  .tableName(world.table)
                  .key(MEMBER_ITEM)
                  .updateExpression("SET #role = :role")
                  .expressionAttributeNames(Map.of("#role", "role"))
                  .expressionAttributeValues(Map.of(":role", AttributeValue.fromS("ADMIN"))))
          .join();

      assertInvalidated(instance, MEMBER_KEY);
    }
  }

  @Test
  void deleteItem_cached_isInvalidated() throws InterruptedException {
    world.commit(new Change.Create(MEMBER));
    try (RepairWorld.Instance instance = repairing()) {
      instance.cells.put(MEMBER_KEY, found(MEMBER));
      world.client.deleteItem(d -> d.tableName(world.table).key(MEMBER_ITEM)).join();

      assertInvalidated(instance, MEMBER_KEY);
    }
  }

  @Test
  void commit_writerDiesBeforeTheCache_isInvalidated() throws InterruptedException {
    world.commit(new Change.Create(USER));
    try (RepairWorld.Instance instance = repairing()) {
      instance.cells.put(USER.key(), found(USER));
      world.commit(new Change.Replace(renamed(USER)));

      assertInvalidated(instance, USER.key());
    }
  }

  @Test
  void commit_writerToldTheCache_staysCached() throws InterruptedException {
    world.commit(new Change.Create(USER));
    try (RepairWorld.Instance instance = repairing()) {
      instance.cells.put(USER.key(), found(renamed(USER)));
      world.commit(new Change.Replace(renamed(USER)));
      assertThat(instance.await(USER.key(), LIMIT)).isNotNull();

      assertThat(instance.cells.cell(USER.key())).contains(found(renamed(USER)));
      assertThat(instance.cells.swaps()).isZero();
    }
  }

  @Test
  void notice_left_isDoneSoon() throws InterruptedException {
    try (RepairWorld.Instance instance = repairing()) {
      instance.cells.put(USER.key(), found(USER));
      leave("n1", USER.key(), 2);
      await("notice done", () -> isDone("n1"));

      assertThat(instance.cells.cell(USER.key())).contains(new Cell.Invalid());
      assertThat(instance.observer.noticesDone).hasValue(1);
    }
  }

  @Test
  void crash_anotherInstance_takesOverFromTheCheckpoint() throws InterruptedException {
    User other = user("paul");
    RepairWorld.Instance first = world.new Instance(IGNORES).ready();
    try (RepairWorld.Instance next = world.new Instance(IGNORES)) {
      world.commit(new Change.Create(USER));
      assertThat(first.await(USER.key(), TIMEOUT)).isNotNull();
      checkpointed();
      first.crash();
      world.commit(new Change.Create(other));
      // One owner until then, and nothing of what the first dealt with.
      assertThat(next.told.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(other.key());
    }
  }

  @Test
  void stop_anotherInstance_takesOverAtOnce() throws InterruptedException {
    RepairWorld.Instance first = world.new Instance(IGNORES).ready();
    try (RepairWorld.Instance next = world.new Instance(IGNORES)) {
      first.close();
      world.commit(new Change.Create(USER));
      assertThat(next.await(USER.key(), TIMEOUT)).isNotNull();
      assertThat(first.told).noneMatch(USER.key()::equals);
    }
  }

  // The cut-off instance is a writer, too: what it asks for, and the change itself, must not wait
  // for
  // it. The budget is what a writer waits for a notice.
  // Others would wait for the whole length of an ownership.
  @Test
  void stop_roundThatIsHeldUp_takesNoShardAfterwards() throws Exception {
    CompletableFuture<Boolean> reachable = new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    try (CapturedLog log = CapturedLog.of(StreamConsumer.class);
        RepairWorld.Instance slow =
            world
            .new Instance(() -> {
              asked.complete(null);
              return reachable;
            })) {
      asked.get(20, TimeUnit.SECONDS);
      slow.stop();
      reachable.complete(true);
      slow.stop();

      assertThat(log.lines()).noneMatch(line -> line.contains("read here"));
    }
  }

  @Test
  void cacheUnreachable_anotherInstance_takesOverWithTheRecordThatWaited()
      throws InterruptedException {
    world.commit(new Change.Create(USER));
    RepairWorld.Instance first = repairing();
    try (first;
        RepairWorld.Instance next = world.new Instance()) {
      checkpointed();
      await("second is a candidate", () -> next.isRepairActive());
      next.cells.put(USER.key(), found(USER));
      first.cells.away = true;
      world.commit(new Change.Replace(renamed(USER)));
      leave("n1", USER.key(), 2);
      long began = System.nanoTime();
      await("notice done", () -> isDone("n1"));

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT);
      assertInvalidated(next, USER.key());
      assertThat(first.told).noneMatch(USER.key()::equals);
      assertThat(first.observer.shardsGivenUp.get()).isPositive();
      assertThat(first.isRepairActive()).isTrue();
    }
  }

  @Test
  void cacheUnreachable_forAll_recordWaitsUntilItIsBack() throws InterruptedException {
    world.commit(new Change.Create(USER));
    try (RepairWorld.Instance instance = repairing()) {
      checkpointed();
      instance.cells.put(USER.key(), found(USER));
      await("repair active", () -> instance.isRepairActive());
      instance.cells.away = true;
      world.commit(new Change.Replace(renamed(USER)));
      await("shard given up", () -> instance.observer.shardsGivenUp.get() > 0);
      await("repair not active", () -> !instance.isRepairActive());
      assertThat(instance.told).noneMatch(USER.key()::equals);
      instance.cells.away = false;

      assertThat(instance.await(USER.key(), TIMEOUT)).isNotNull();
      assertThat(instance.cells.cell(USER.key())).contains(new Cell.Invalid());
      await("no lag", () -> instance.lag().isZero());
    }
  }

  @Test
  void listenerDies_anotherInstance_takesOver() throws InterruptedException {
    CompletableFuture<Void> died = new CompletableFuture<>();
    RepairWorld.Instance first =
        world
        .new Instance(
            Optional.of(events -> {
              died.complete(null);
              return CompletableFuture.failedFuture(new StackOverflowError("test"));
            }));
    try (first) {
      await("first owns the shard", () -> !world.ownerships().isEmpty());
      try (RepairWorld.Instance next = world.new Instance(IGNORES)) {
        await("second is a candidate", () -> next.isRepairActive());
        world.commit(new Change.Create(USER));

        assertThat(died).succeedsWithin(TIMEOUT);
        assertThat(next.await(USER.key(), TIMEOUT)).isNotNull();
      }
    }
  }

  /** Waits until the owner has written down how far it is. */
  private void checkpointed() {
    long since = counters();
    await("two renewals since", () -> counters() >= since + 2);
    assertThat(world.ownerships().values())
        .anyMatch(ownership -> ownership.checkpoint().isPresent());
  }

  private long counters() {
    return world.ownerships().values().stream().mapToLong(ShardOwnership::counter).sum();
  }
}
