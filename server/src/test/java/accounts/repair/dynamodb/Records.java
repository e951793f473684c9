package accounts.repair.dynamodb;

import static accounts.repair.dynamodb.RepairWorld.itemKey;

import accounts.domain.EntityKey.UserKey;
import accounts.domain.Membership;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.store.Notice;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Records of the stream, as the table's changes cause them. */
final class Records {

  /** When all of them were made. */
  static final Instant MADE = Instant.parse("2026-01-31T12:00:00Z");

  private Records() {}

  static Record inserted(User user) {
    return record(OperationType.INSERT, key(user), Map.of(), image(user));
  }

  static Record modified(User before, User now) {
    return record(OperationType.MODIFY, key(now), image(before), image(now));
  }

  static Record removed(User user) {
    return record(OperationType.REMOVE, key(user), image(user), Map.of());
  }

  /** A notice about users. */
  static Record left(Notice notice) {
    Map<String, AttributeValue> key = itemKey("NOTICE#" + notice.id(), "NOTICE#" + notice.id());
    Map<String, AttributeValue> image = new HashMap<>(key);
    image.put(
        "keys",
        AttributeValue.fromL(
            notice.keys().entrySet().stream()
                .map(entry -> entry((UserKey) entry.getKey(), entry.getValue()))
                .toList()));
    return record(OperationType.INSERT, key, Map.of(), image);
  }

  private static AttributeValue entry(UserKey key, Revision revision) {
    Map<String, AttributeValue> entry = new HashMap<>(key(key));
    entry.put("revision", AttributeValue.fromN(revision.toString()));
    return AttributeValue.fromM(entry);
  }

  /**
   * @param before empty if the record carries no old image, as is {@code now} for a new one
   */
  static Record record(
      OperationType type,
      Map<String, AttributeValue> key,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> now) {
    StreamRecord.Builder record =
        StreamRecord.builder().keys(key).sequenceNumber("1").approximateCreationDateTime(MADE);
    if (!before.isEmpty()) {
      record.oldImage(before);
    }
    if (!now.isEmpty()) {
      record.newImage(now);
    }
    return Record.builder().eventName(type).dynamodb(record.build()).build();
  }

  /** Returns the record at another place in its shard. */
  static Record at(String sequenceNumber, Record record) {
    return record.copy(copy ->
        copy.dynamodb(record.dynamodb().copy(change -> change.sequenceNumber(sequenceNumber))));
  }

  private static Map<String, AttributeValue> key(User user) {
    return key(new UserKey(user.username()));
  }

  private static Map<String, AttributeValue> key(UserKey key) {
    return itemKey("USER#" + key.username(), "USER#" + key.username());
  }

  static Map<String, AttributeValue> image(User user) {
    Map<String, AttributeValue> image = new HashMap<>(key(user));
    image.put("username", AttributeValue.fromS(user.username().value()));
    image.put("firstName", AttributeValue.fromS(user.firstName().value()));
    image.put("lastName", AttributeValue.fromS(user.lastName().value()));
    image.put("revision", AttributeValue.fromN(user.revision().toString()));
    image.put("createTime", AttributeValue.fromS(user.createTime().toString()));
    image.put("updateTime", AttributeValue.fromS(user.updateTime().toString()));
    return image;
  }

  static Map<String, AttributeValue> image(Membership member) {
    Map<String, AttributeValue> image =
        new HashMap<>(
            itemKey("ORGMEMBERS#" + member.organization(), "MEMBER#" + member.username()));
    image.put("organizationName", AttributeValue.fromS(member.organization().value()));
    image.put("username", AttributeValue.fromS(member.username().value()));
    image.put("role", AttributeValue.fromS(member.role().name()));
    image.put("revision", AttributeValue.fromN(member.revision().toString()));
    image.put("createTime", AttributeValue.fromS(member.createTime().toString()));
    image.put("updateTime", AttributeValue.fromS(member.updateTime().toString()));
    return image;
  }
}
