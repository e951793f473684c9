package accounts.repair.dynamodb;

import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.repair.dynamodb.Records.image;
import static accounts.repair.dynamodb.Records.inserted;
import static accounts.repair.dynamodb.Records.modified;
import static accounts.repair.dynamodb.Records.record;
import static accounts.repair.dynamodb.Records.removed;
import static accounts.repair.dynamodb.RepairWorld.itemKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.freshness.CellRequirement;
import accounts.freshness.CellRequirement.Recorded;
import accounts.freshness.CellRequirement.Unknown;
import accounts.repair.StreamEvent;
import accounts.repair.StreamEvent.Changed;
import accounts.repair.StreamEvent.NoticeLeft;
import accounts.store.Notice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** What records of the stream say of entities and notices. */
final class ChangesTest {

  private static final User FIRST = user("olivia");
  private static final User SECOND = renamed(FIRST);
  private static final User THIRD = renamed(SECOND);

  private static CellRequirement of(Record... records) {
    List<StreamEvent> events = Changes.of(List.of(records));
    assertThat(events).hasSize(1);
    return ((Changed) events.getFirst()).requirement();
  }

  private static Recorded found(User user, boolean inOrder) {
    return new Recorded(new Lookup.Found<>(user), inOrder);
  }

  private static Record keysOnly(String partition, String sort) {
    return record(OperationType.MODIFY, itemKey(partition, sort), Map.of(), Map.of());
  }

  @Test
  void of_itemsThatAreNoEntities_leftOut() {
    assertThat(
            Changes.of(
                List.of(
                    keysOnly("STREAM#shardId-1", "STREAM#shardId-1"),
                    keysOnly("STREAM#candidates", "STREAM#candidates"),
                    keysOnly("REQUEST#1", "REQUEST#1"),
                    keysOnly("FLEET#0", "FLEET#0"),
                    keysOnly("NOTICE#n1", "NOTICE#n1"),
                    keysOnly("USERORGS#olivia", "ORG#acme"),
                    keysOnly("ORGAUDIT#acme", "ITSELF#0000000000000000001"),
                    keysOnly("ORGAUDIT#acme", "MEMBER#olivia#0000000000000000001"),
                    keysOnly("USERAUDIT#olivia", "ITSELF#0000000000000000001"),
                    keysOnly("USERAUDIT#olivia", "ORG#acme#0000000000000000001"),
                    keysOnly("USER#olivia", "else"),
                    keysOnly("USER#no name of ours", "USER#no name of ours"))))
        .isEmpty();
  }

  @Test
  void of_entities_eachOnceInTheOrderOfTheirLastRecords() {
    assertThat(
            Changes.of(
                List.of(
                    keysOnly("USER#olivia", "USER#olivia"),
                    keysOnly("ORG#acme", "ORG#acme"),
                    keysOnly("ORGMEMBERS#acme", "MEMBER#olivia"),
                    keysOnly("USER#olivia", "USER#olivia"))))
        .extracting(event -> (Object) ((Changed) event).key())
        .containsExactly(
            organizationKey("acme"), membershipKey("acme", "olivia"), userKey("olivia"));
  }

  @Test
  void of_inserted_isInOrder() {
    assertThat(of(inserted(SECOND))).isEqualTo(found(SECOND, true));
  }

  @Test
  void of_nextRevision_isInOrder() {
    assertThat(of(modified(FIRST, SECOND))).isEqualTo(found(SECOND, true));
  }

  @Test
  void of_membershipRemovedByTheService_isInOrder() {
    Membership member = membership("acme", "olivia", Role.MEMBER);
    Map<String, AttributeValue> tombstone = new HashMap<>(image(member));
    tombstone.put("removed", AttributeValue.fromBool(true));
    tombstone.put("revision", AttributeValue.fromN("2"));

    assertThat(
            of(
                record(
                    OperationType.MODIFY,
                    itemKey("ORGMEMBERS#acme", "MEMBER#olivia"),
                    image(member),
                    tombstone)))
        .isEqualTo(new Recorded(new Lookup.Absent<>(new Revision(2)), true));
  }

  // Of an organization: how many owners it has.
  @Test
  void of_sameAnswer_isInOrder() {
    assertThat(of(modified(SECOND, SECOND))).isEqualTo(found(SECOND, true));
  }

  @Test
  void of_otherAnswerOfTheSameRevision_isOutOfOrder() {
    User other =
        new User(
            FIRST.username(),
            SECOND.firstName(),
            FIRST.lastName(),
            FIRST.state(),
            false,
            FIRST.labels(),
            FIRST.revision(),
            FIRST.createTime(),
            FIRST.updateTime());

    assertThat(of(modified(FIRST, other))).isEqualTo(found(other, false));
  }

  @Test
  void of_revisionLeftOutOrGoneBack_isOutOfOrder() {
    assertThat(of(modified(FIRST, THIRD))).isEqualTo(found(THIRD, false));
    assertThat(of(modified(SECOND, FIRST))).isEqualTo(found(FIRST, false));
  }

  @Test
  void of_deletedItem_isAbsentOutOfOrder() {
    assertThat(of(removed(SECOND)))
        .isEqualTo(new Recorded(new Lookup.Absent<>(Revision.NONE), false));
  }

  @Test
  void of_severalOfOneEntity_lastOneIfAllAreInOrder() {
    assertThat(of(inserted(FIRST), modified(FIRST, SECOND), modified(SECOND, THIRD)))
        .isEqualTo(found(THIRD, true));
  }

  @Test
  void of_oneOfSeveralOutOfOrder_lastOneOutOfOrder() {
    assertThat(of(removed(THIRD), inserted(FIRST), modified(FIRST, SECOND)))
        .isEqualTo(found(SECOND, false));
    assertThat(of(keysOnly("USER#olivia", "USER#olivia"), modified(FIRST, SECOND)))
        .isEqualTo(found(SECOND, false));
  }

  @Test
  void of_noOldImage_isOutOfOrder() {
    assertThat(
            of(
                record(
                    OperationType.MODIFY,
                    itemKey("USER#olivia", "USER#olivia"),
                    Map.of(),
                    image(SECOND))))
        .isEqualTo(found(SECOND, false));
  }

  @Test
  void of_noImages_isUnknown() {
    assertThat(of(keysOnly("USER#olivia", "USER#olivia"))).isEqualTo(new Unknown());
  }

  @Test
  void of_itemThatMakesNoSense_isUnknown() {
    Map<String, AttributeValue> image = new HashMap<>(image(SECOND));
    image.put("revision", AttributeValue.fromS("two"));

    assertThat(
            of(
                record(
                    OperationType.MODIFY,
                    itemKey("USER#olivia", "USER#olivia"),
                    image(FIRST),
                    image)))
        .isEqualTo(new Unknown());
  }

  @Test
  void of_noticeLeft_comesFirst() {
    Notice notice = new Notice("n1", Map.of(userKey("olivia"), new Revision(2)));

    assertThat(Changes.of(List.of(inserted(FIRST), Records.left(notice))))
        .startsWith(new NoticeLeft(notice))
        .hasSize(2);
  }

  @Test
  void of_noticeDoneOrNotUnderstood_leftOut() {
    Map<String, AttributeValue> done = new HashMap<>(itemKey("NOTICE#n1", "NOTICE#n1"));
    done.put("done", AttributeValue.fromBool(true));

    assertThat(
            Changes.of(
                List.of(
                    record(OperationType.MODIFY, itemKey("NOTICE#n1", "NOTICE#n1"), done, done),
                    record(
                        OperationType.INSERT,
                        itemKey("NOTICE#n2", "NOTICE#n2"),
                        Map.of(),
                        itemKey("NOTICE#n2", "NOTICE#n2")))))
        .isEmpty();
  }
}
