package accounts.repair.dynamodb;

import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.userKey;
import static accounts.repair.dynamodb.RepairWorld.itemKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Revision;
import accounts.repair.ItemChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Which records of the stream are changes of entities. */
final class ChangesTest {

  private static Record record(
      OperationType type, String partition, String sort, Map<String, AttributeValue> more) {
    Map<String, AttributeValue> image = new HashMap<>(itemKey(partition, sort));
    image.putAll(more);
    return Record.builder()
        .eventName(type)
        .dynamodb(StreamRecord.builder().keys(itemKey(partition, sort)).newImage(image).build())
        .build();
  }

  private static Record put(String partition, String sort) {
    return record(OperationType.MODIFY, partition, sort, Map.of());
  }

  @Test
  void of_itemsThatAreNoEntities_leftOut() {
    assertThat(
            Changes.of(
                List.of(
                    put("STREAM#shardId-1", "STREAM#shardId-1"),
                    put("REQUEST#1", "REQUEST#1"),
                    put("EPOCHS", "EPOCHS"),
                    put("USERORGS#olivia", "ORG#acme"),
                    put("USER#olivia", "else"),
                    put("USER#no name of ours", "USER#no name of ours"))))
        .isEmpty();
  }

  @Test
  void of_removedMembership_absenceAtItsRevision() {
    Map<String, AttributeValue> removed =
        Map.of("removed", AttributeValue.fromBool(true), "revision", AttributeValue.fromN("3"));
    assertThat(
            Changes.of(
                List.of(record(OperationType.MODIFY, "ORGMEMBERS#acme", "MEMBER#olivia", removed))))
        .containsExactly(
            new ItemChange(
                membershipKey("acme", "olivia"),
                Optional.of(new Lookup.Absent<Membership>(new Revision(3)))));
  }

  @Test
  void of_deletedItem_absenceOfWhatNeverWas() {
    assertThat(
            Changes.of(
                List.of(record(OperationType.REMOVE, "USER#olivia", "USER#olivia", Map.of()))))
        .containsExactly(
            new ItemChange(
                userKey("olivia"), Optional.of(new Lookup.Absent<Membership>(Revision.NONE))));
  }

  @Test
  void of_unreadableItem_changeWithoutAnswer() {
    assertThat(Changes.of(List.of(put("USER#olivia", "USER#olivia"))))
        .containsExactly(new ItemChange(userKey("olivia"), Optional.empty()));
  }
}
