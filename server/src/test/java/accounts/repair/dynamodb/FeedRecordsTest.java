package accounts.repair.dynamodb;

import static accounts.domain.Samples.user;
import static accounts.repair.dynamodb.Records.inserted;
import static accounts.repair.dynamodb.Records.modified;
import static accounts.repair.dynamodb.Records.removed;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.EntityKey.UserKey;
import accounts.domain.Labels;
import accounts.domain.Membership;
import accounts.domain.OrganizationName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.domain.Username;
import accounts.store.FeedChange;
import accounts.store.FeedChange.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** What the feed says of what the stream says. */
final class FeedRecordsTest {

  private static final User USER = user("olivia");
  private static final Membership MEMBER =
      new Membership(
          new OrganizationName("org"),
          new Username("olivia"),
          Role.ADMIN,
          new Revision(3),
          USER.createTime(),
          USER.updateTime());

  private static FeedChange only(Record... records) {
    List<FeedChange> changes = FeedRecords.of(List.of(records));
    assertThat(changes).hasSize(1);
    return changes.getFirst();
  }

  @Test
  void of_newUser_isCreatedWithItsStateAndTime() {
    assertThat(only(inserted(USER)))
        .isEqualTo(
            new FeedChange(
                USER.key(),
                Action.CREATED,
                USER.revision(),
                Optional.empty(),
                Optional.of(UserState.ACTIVE),
                USER.updateTime()));
  }

  @Test
  void of_severalChangesOfOneEntity_areAllThereInOrder() {
    User second = suspended(USER.revision().next());
    User third = suspended(second.revision().next());

    assertThat(
            FeedRecords.of(
                List.of(inserted(USER), modified(USER, second), modified(second, third))))
        .extracting(FeedChange::revision)
        .containsExactly(USER.revision(), second.revision(), third.revision());
  }

  private static User suspended(Revision revision) {
    return new User(
        USER.username(),
        USER.firstName(),
        USER.lastName(),
        UserState.SUSPENDED,
        false,
        Labels.NONE,
        revision,
        USER.createTime(),
        USER.updateTime());
  }

  @Test
  void of_changeOfNothingButNumbersOfTheStore_isNone() {
    assertThat(FeedRecords.of(List.of(modified(USER, USER)))).isEmpty();
  }

  @Test
  void of_removedMembership_isRemovedAtItsRevision() {
    Map<String, AttributeValue> tombstone = new HashMap<>(Records.image(MEMBER));
    tombstone.put("removed", AttributeValue.fromBool(true));
    tombstone.put("revision", AttributeValue.fromN("4"));
    FeedChange change = only(change(Records.image(MEMBER), tombstone));

    assertThat(change.action()).isEqualTo(Action.REMOVED);
    assertThat(change.revision()).isEqualTo(new Revision(4));
    assertThat(change.role()).isEmpty();
    assertThat(only(change(tombstone, Records.image(MEMBER))).action()).isEqualTo(Action.CREATED);
  }

  @Test
  void of_changedRole_isUpdatedWithTheRole() {
    Map<String, AttributeValue> before = new HashMap<>(Records.image(MEMBER));
    before.put("revision", AttributeValue.fromN("2"));
    FeedChange change = only(change(before, Records.image(MEMBER)));

    assertThat(change.action()).isEqualTo(Action.UPDATED);
    assertThat(change.role()).contains(Role.ADMIN);
  }

  @Test
  void of_itemThatIsGone_isErasedWithoutRevision() {
    assertThat(only(removed(USER)))
        .isEqualTo(
            new FeedChange(
                USER.key(),
                Action.ERASED,
                Revision.NONE,
                Optional.empty(),
                Optional.empty(),
                Records.MADE));
  }

  @Test
  void of_itemThatIsNotUnderstood_isAChangeWithoutRevision() {
    Map<String, AttributeValue> odd = new HashMap<>(Records.image(USER));
    odd.put("state", AttributeValue.fromS("OF_A_LATER_VERSION"));
    FeedChange change = only(change(Records.image(USER), odd));

    assertThat(change.entity()).isEqualTo(new UserKey(USER.username()));
    assertThat(change.action()).isEqualTo(Action.UPDATED);
    assertThat(change.revision()).isEqualTo(Revision.NONE);
  }

  @Test
  void of_otherItems_areNone() {
    Map<String, AttributeValue> key = RepairWorld.itemKey("FEED#1", "0000000000000000001");
    Record block = Records.record(OperationType.INSERT, key, Map.of(), key);

    assertThat(FeedRecords.of(List.of(block))).isEmpty();
  }

  private static Record change(
      Map<String, AttributeValue> before, Map<String, AttributeValue> now) {
    Map<String, AttributeValue> key = Map.of("PK", now.get("PK"), "SK", now.get("SK"));
    return Records.record(OperationType.MODIFY, key, before, now);
  }
}
