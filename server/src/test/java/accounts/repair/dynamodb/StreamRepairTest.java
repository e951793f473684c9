package accounts.repair.dynamodb;

import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.repair.dynamodb.RepairWorld.PATIENCE;
import static accounts.repair.dynamodb.RepairWorld.itemKey;
import static accounts.repair.dynamodb.RepairWorld.read;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.cache.AccountReads;
import accounts.cache.Source;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Membership;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.repair.Repairer;
import accounts.store.Change;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Changes that no living writer told the cache of, from the table to a FRESH read. */
final class StreamRepairTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Membership MEMBER = membership("acme", "olivia", Role.MEMBER);
  private static final MembershipKey MEMBER_KEY = MEMBER.key();
  private static final Map<String, AttributeValue> MEMBER_ITEM =
      itemKey("ORGMEMBERS#acme", "MEMBER#olivia");
  private static final User USER = user("olivia");

  private final RepairWorld world = new RepairWorld();
  private final AccountReads second = world.instance();

  @AfterEach
  void close() {
    world.close();
  }

  private RepairWorld.Consumer repairing() throws InterruptedException {
    return world
        .new Consumer(
            new Repairer(
                world.cache(),
                (keys, scope) -> CompletableFuture.failedFuture(new AssertionError("cache away")),
                PATIENCE))
        .ready();
  }

  /** Has the second instance's reads fill the cache, and sees that they come from there. */
  private void cached(EntityKey<?> key) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    // A fill is waited for by nobody.
    while (read(second, key).source() != Source.CACHE && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(read(second, key).source()).isEqualTo(Source.CACHE);
  }

  @Test
  void updateItem_cached_seenByFreshRead() throws InterruptedException {
    world.commit(new Change.Create(MEMBER));
    try (RepairWorld.Consumer consumer = repairing()) {
      cached(MEMBER_KEY);
      consumer.told.clear();
      world
          .client
          .updateItem(update ->
              update
                  .tableName(world.table)
                  .key(MEMBER_ITEM)
                  .updateExpression("SET #role = :role, revision = :revision")
                  .expressionAttributeNames(Map.of("#role", "role"))
                  .expressionAttributeValues(
                      Map.of(
                          ":role", AttributeValue.fromS("ADMIN"),
                          ":revision", AttributeValue.fromN("2"))))
          .join();
      assertThat(consumer.await(MEMBER_KEY, LIMIT)).isNotNull();
      assertThat(read(second, MEMBER_KEY).lookup().toOptional())
          .map(Membership::role)
          .contains(Role.ADMIN);
    }
  }

  @Test
  void deleteItem_cached_seenByFreshRead() throws InterruptedException {
    world.commit(new Change.Create(MEMBER));
    try (RepairWorld.Consumer consumer = repairing()) {
      cached(MEMBER_KEY);
      consumer.told.clear();
      world.client.deleteItem(d -> d.tableName(world.table).key(MEMBER_ITEM)).join();
      assertThat(consumer.await(MEMBER_KEY, LIMIT)).isNotNull();
      assertThat(read(second, MEMBER_KEY).lookup().toOptional()).isEmpty();
    }
  }

  @Test
  void putItem_cachedAbsence_seenByFreshRead() throws InterruptedException {
    world.commit(new Change.Create(USER));
    Map<String, AttributeValue> item =
        world
            .client
            .getItem(get -> get.tableName(world.table).key(itemKey("USER#olivia", "USER#olivia")))
            .join()
            .item();
    world
        .client
        .deleteItem(d -> d.tableName(world.table).key(itemKey("USER#olivia", "USER#olivia")))
        .join();
    try (RepairWorld.Consumer consumer = repairing()) {
      cached(USER.key());
      consumer.told.clear();
      world.client.putItem(put -> put.tableName(world.table).item(item)).join();
      assertThat(consumer.await(USER.key(), LIMIT)).isNotNull();
      assertThat(read(second, USER.key()).lookup().toOptional()).contains(USER);
    }
  }

  @Test
  void commit_writerDiesBeforeTheCache_seenByFreshRead() throws InterruptedException {
    world.commit(new Change.Create(USER));
    try (RepairWorld.Consumer consumer = repairing()) {
      cached(USER.key());
      consumer.told.clear();
      world.commit(new Change.Replace(renamed(USER)));
      assertThat(consumer.await(USER.key(), LIMIT)).isNotNull();
      assertThat(read(second, USER.key()).lookup().toOptional()).contains(renamed(USER));
    }
  }

  @Test
  void crash_anotherConsumer_takesOverFromTheCheckpoint() throws InterruptedException {
    User other = user("paul");
    RepairWorld.Consumer first = world.new Consumer(StreamRepairTest::ignored).ready();
    try (RepairWorld.Consumer next = world.new Consumer(StreamRepairTest::ignored)) {
      world.commit(new Change.Create(USER));
      assertThat(first.await(USER.key(), PATIENCE)).isNotNull();
      checkpointed();
      first.crash();
      world.commit(new Change.Create(other));
      // One owner until then, and nothing of what the first dealt with.
      assertThat(next.told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(other.key());
    }
  }

  @Test
  void stop_anotherConsumer_takesOverAtOnce() throws InterruptedException {
    RepairWorld.Consumer first = world.new Consumer(StreamRepairTest::ignored).ready();
    try (RepairWorld.Consumer next = world.new Consumer(StreamRepairTest::ignored)) {
      first.close();
      world.commit(new Change.Create(USER));
      assertThat(next.await(USER.key(), PATIENCE)).isNotNull();
      assertThat(first.told).noneMatch(USER.key()::equals);
    }
  }

  private static CompletableFuture<Void> ignored(Set<EntityKey<?>> keys) {
    return CompletableFuture.completedFuture(null);
  }

  /** Waits for two renewals, of which the second began after now: it has how far the reader is. */
  private void checkpointed() {
    long since = counters();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (counters() < since + 2 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(world.leases().values()).anyMatch(lease -> lease.checkpoint().isPresent());
  }

  private long counters() {
    return world.leases().values().stream().mapToLong(ShardLease::counter).sum();
  }
}
