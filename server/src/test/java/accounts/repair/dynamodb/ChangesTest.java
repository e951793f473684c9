package accounts.repair.dynamodb;

import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.userKey;
import static accounts.repair.dynamodb.RepairWorld.itemKey;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Which records of the stream are changes of entities. */
final class ChangesTest {

  private static Record record(String partition, String sort) {
    return Record.builder()
        .dynamodb(StreamRecord.builder().keys(itemKey(partition, sort)).build())
        .build();
  }

  @Test
  void of_itemsThatAreNoEntities_leftOut() {
    assertThat(
            Changes.of(
                List.of(
                    record("STREAM#shardId-1", "STREAM#shardId-1"),
                    record("REQUEST#1", "REQUEST#1"),
                    record("EPOCHS", "EPOCHS"),
                    record("USERORGS#olivia", "ORG#acme"),
                    record("USER#olivia", "else"),
                    record("USER#no name of ours", "USER#no name of ours"))))
        .isEmpty();
  }

  @Test
  void of_entities_eachOnce() {
    assertThat(
            Changes.of(
                List.of(
                    record("USER#olivia", "USER#olivia"),
                    record("ORG#acme", "ORG#acme"),
                    record("ORGMEMBERS#acme", "MEMBER#olivia"),
                    record("USER#olivia", "USER#olivia"))))
        .containsExactlyInAnyOrder(
            userKey("olivia"), organizationKey("acme"), membershipKey("acme", "olivia"));
  }
}
