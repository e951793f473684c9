package accounts.store.dynamodb;

import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CallScope;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.UserState;
import accounts.store.ChangeFeed;
import accounts.store.FeedBlock;
import accounts.store.FeedChange;
import accounts.store.FeedChange.Action;
import accounts.store.FeedPage;
import accounts.store.FeedPartition;
import accounts.store.FeedWriter;
import accounts.store.FeedWriter.Fence;
import accounts.store.FeedWriter.FencedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The feed of changes in a table: what is appended by whom, and what is read of it. */
final class DynamoDbFeedTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration RETENTION = Duration.ofDays(7);

  /** DynamoDB Local deletes what has expired by the real clock. */
  private static final Instant NOW = Instant.parse("2046-01-31T12:00:00Z");

  private static final Fence FENCE = new Fence("STREAM#shard", "owner", "me");
  private static final EntityKey<?> ORGANIZATION = organizationKey("acme");
  private static final int PARTITION = FeedPartition.of(ORGANIZATION);

  @AutoClose private final LocalTable table = new LocalTable();
  private final ChangeFeed feed = new DynamoDbChangeFeed(table.client(), table.name, TIMEOUT);
  private final FeedWriter writer = writer();

  private FeedWriter writer() {
    return new DynamoDbFeedWriter(
        table.client(), table.name, TIMEOUT, RETENTION, InstantSource.fixed(NOW));
  }

  @BeforeEach
  void own() {
    own("me");
  }

  private void own(String owner) {
    table
        .client()
        .putItem(put ->
            put.tableName(table.name)
                .item(
                    Map.of(
                        "PK", Items.text("STREAM#shard"),
                        "SK", Items.text("STREAM#shard"),
                        "owner", Items.text(owner))))
        .join();
  }

  private static CallScope scope() {
    return CallScope.of(TIMEOUT);
  }

  private static FeedChange change(EntityKey<?> entity, long revision) {
    return new FeedChange(
        entity, Action.UPDATED, new Revision(revision), Optional.empty(), Optional.empty(), NOW);
  }

  private FeedPage read(long after) {
    return feed.read(PARTITION, after, 1000, scope()).join();
  }

  private List<FeedBlock> all() {
    return read(0).blocks();
  }

  @Test
  void read_appended_isTheSame() {
    List<FeedChange> changes =
        List.of(
            new FeedChange(
                membershipKey("acme", "olivia"),
                Action.CREATED,
                new Revision(3),
                Optional.of(Role.ADMIN),
                Optional.empty(),
                NOW),
            new FeedChange(
                ORGANIZATION,
                Action.ERASED,
                Revision.NONE,
                Optional.empty(),
                Optional.empty(),
                NOW));
    writer.append(changes, FENCE, scope()).join();

    assertThat(all()).containsExactly(new FeedBlock(1, NOW, changes));
    assertThat(feed.last(PARTITION, scope()).join()).isEqualTo(1);
  }

  @Test
  void append_user_keepsItsState() {
    FeedChange change =
        new FeedChange(
            userKey("olivia"),
            Action.UPDATED,
            new Revision(2),
            Optional.empty(),
            Optional.of(UserState.SUSPENDED),
            NOW);
    writer.append(List.of(change), FENCE, scope()).join();

    assertThat(feed.read(FeedPartition.of(change.entity()), 0, 10, scope()).join().blocks())
        .flatExtracting(FeedBlock::changes)
        .containsExactly(change);
  }

  @Test
  void append_item_expiresAndNamesNobodyButByUsername() {
    writer.append(List.of(change(ORGANIZATION, 1)), FENCE, scope()).join();

    assertThat(table.item("FEED#" + PARTITION, "0000000000000000001"))
        .containsEntry("expires", Items.number(NOW.plus(RETENTION).getEpochSecond()))
        .containsOnlyKeys("PK", "SK", "appended", "changes", "expires");
  }

  @Test
  void last_nothingAppended_isZero() {
    assertThat(feed.last(PARTITION, scope()).join()).isZero();
    assertThat(read(0)).isEqualTo(new FeedPage(List.of(), false, false));
  }

  @Test
  void append_manyAtOnce_areInBlocksOfAHundredInOrder() {
    List<FeedChange> changes =
        LongStream.rangeClosed(1, 250).mapToObj(n -> change(ORGANIZATION, n)).toList();
    writer.append(changes, FENCE, scope()).join();

    assertThat(all()).extracting(FeedBlock::position).containsExactly(1L, 2L, 3L);
    assertThat(all()).flatExtracting(FeedBlock::changes).containsExactlyElementsOf(changes);
  }

  @Test
  void append_twoInstancesAtOnce_leaveNoGapAndKeepTheOrderOfEach() {
    CompletableFuture.allOf(appendTwenty(writer, "one", 1), appendTwenty(writer(), "two", 1))
        .join();

    assertThat(all())
        .extracting(FeedBlock::position)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
    for (String member : List.of("one", "two")) {
      assertThat(all())
          .flatExtracting(FeedBlock::changes)
          .filteredOn(change -> change.entity().equals(membershipKey("acme", member)))
          .extracting(change -> (int) change.revision().value())
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }
  }

  /** Appends one after the other, and again what was refused because of contention. */
  private static CompletableFuture<Void> appendTwenty(
      FeedWriter writer, String member, int revision) {
    FeedChange change = change(membershipKey("acme", member), revision);
    return writer
        .append(List.of(change), FENCE, scope())
        .handle((done, failure) -> next(failure, revision))
        .thenCompose(next ->
            next > 20
                ? CompletableFuture.completedFuture(null)
                : appendTwenty(writer, member, next));
  }

  private static int next(@Nullable Throwable failure, int revision) {
    if (failure == null) {
      return revision + 1;
    }
    assertThat(failure.getCause())
        .isInstanceOfSatisfying(
            AccountException.class,
            refusal -> assertThat(refusal.error()).isInstanceOf(StoreThrottled.class));
    return revision;
  }

  @Test
  void append_afterATakeover_isRefusedAndAppendsNothing() {
    writer.append(List.of(change(ORGANIZATION, 1)), FENCE, scope()).join();
    own("another");

    assertThatThrownBy(() -> writer.append(List.of(change(ORGANIZATION, 2)), FENCE, scope()).join())
        .hasCauseInstanceOf(FencedException.class);
    assertThat(all()).hasSize(1);
  }

  @Test
  void append_allBlocksExpired_goesOnAfterTheLastPosition() {
    writer.append(List.of(change(ORGANIZATION, 1)), FENCE, scope()).join();
    delete(1);
    writer().append(List.of(change(ORGANIZATION, 2)), FENCE, scope()).join();

    assertThat(read(1).blocks()).extracting(FeedBlock::position).containsExactly(2L);
  }

  @Test
  void read_blockMissing_endsBeforeTheGap() {
    for (int revision = 1; revision <= 3; revision++) {
      writer.append(List.of(change(ORGANIZATION, revision)), FENCE, scope()).join();
    }
    delete(2);

    assertThat(read(0).blocks()).extracting(FeedBlock::position).containsExactly(1L);
    assertThat(read(0).gap()).isTrue();
    assertThat(read(2).gap()).isFalse();
  }

  private void delete(long position) {
    table
        .client()
        .deleteItem(
            delete -> delete.tableName(table.name).key(ItemKeys.feedBlock(PARTITION, position)))
        .join();
  }

  @Test
  void read_blockOfALaterVersion_leavesOutWhatIsNotKnown() {
    FeedChange change = change(ORGANIZATION, 1);
    var item =
        new HashMap<>(FeedItems.item(PARTITION, new FeedBlock(1, NOW, List.of(change)), RETENTION));
    var map = new HashMap<>(Objects.requireNonNull(item.get("changes")).l().getFirst().m());
    map.put("action", Items.text("FROZEN"));
    map.put("state", Items.text("FROZEN"));
    map.put("more", Items.text("more"));
    item.put("changes", AttributeValue.fromL(List.of(AttributeValue.fromM(map))));

    assertThat(FeedItems.block(new Item(item)).changes()).containsExactly(change);
  }
}
