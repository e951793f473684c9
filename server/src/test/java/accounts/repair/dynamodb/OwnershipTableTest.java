package accounts.repair.dynamodb;

import static accounts.repair.dynamodb.RepairWorld.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Ownership changes only by conditional writes. */
final class OwnershipTableTest {

  private final RepairWorld world = new RepairWorld();
  private final OwnershipTable ownerships =
      new OwnershipTable(world.client, world.table, TIMEOUT, Clock.systemUTC());
  private final ShardOwnership first = ShardOwnership.first("a");

  private boolean write(Optional<ShardOwnership> expected, ShardOwnership next) {
    return ownerships.write("s", expected, next).join();
  }

  @Test
  void write_twoAtOnce_oneGetsIt() {
    assertThat(write(Optional.empty(), first)).isTrue();
    assertThat(write(Optional.empty(), ShardOwnership.first("b"))).isFalse();
    assertThat(ownerships.read(List.of("s", "t")).join()).isEqualTo(Map.of("s", first));
  }

  @Test
  void write_repeatedByTheClient_isStillDone() {
    write(Optional.empty(), first);
    assertThat(write(Optional.empty(), first)).isTrue();
  }

  @Test
  void write_lastAnswerLost_ownerKeepsIt() {
    write(Optional.empty(), first);
    write(Optional.of(first), first.renewed(Optional.of("7")));
    assertThat(write(Optional.of(first), first.renewed(Optional.of("8")))).isTrue();
    assertThat(write(Optional.of(first), first.finished(Optional.of("9")))).isFalse();
  }

  @Test
  void write_takenMeanwhile_ownerLosesIt() {
    write(Optional.empty(), first);
    ShardOwnership taken = first.takenBy("b");
    assertThat(write(Optional.of(first), taken)).isTrue();
    assertThat(write(Optional.of(first), first.renewed(Optional.of("7")))).isFalse();
    assertThat(ownerships.read(List.of("s")).join()).isEqualTo(Map.of("s", taken));
  }

  @Test
  void write_released_takenWithItsCheckpoint() {
    write(Optional.empty(), first);
    ShardOwnership released = first.released(Optional.of("7"));
    assertThat(write(Optional.of(first), released)).isTrue();
    assertThat(write(Optional.of(released), released.takenBy("b"))).isTrue();
    assertThat(ownerships.read(List.of("s")).join().values())
        .extracting(ShardOwnership::position)
        .containsExactly(new Position.After("7"));
  }

  @Test
  void arn_tableWithoutStream_empty() {
    String bare = world.table + "-bare";
    world
        .client
        .createTable(create ->
            create
                .tableName(bare)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("PK")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("PK").keyType(KeyType.HASH).build()))
        .join();
    TableStream stream = new TableStream(world.client, world.streams, bare, TIMEOUT);
    assertThat(stream.arn().join()).isEmpty();
  }
}
