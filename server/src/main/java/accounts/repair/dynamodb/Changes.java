package accounts.repair.dynamodb;

import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.repair.ItemChange;
import accounts.store.dynamodb.TableItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** What records of the stream say of entities. */
final class Changes {

  private static final Logger log = LoggerFactory.getLogger(Changes.class);

  private Changes() {}

  /**
   * Returns the changes of entities. Changes of other items are left out, the leases of this
   * package among them: it would have itself to do with itself without end.
   */
  static List<ItemChange> of(List<Record> records) {
    List<ItemChange> changes = new ArrayList<>();
    List<IllegalStateException> unreadable = new ArrayList<>();
    for (Record record : records) {
      TableItems.entity(record.dynamodb().keys())
          .map(key -> new ItemChange(key, answer(key, record, unreadable)))
          .ifPresent(changes::add);
    }
    if (!unreadable.isEmpty()) {
      log.warn(
          "{} changed items that cannot be read, such as: {}",
          unreadable.size(),
          unreadable.getFirst().getMessage());
    }
    return changes;
  }

  private static Optional<Lookup<?>> answer(
      EntityKey<?> key, Record record, List<IllegalStateException> unreadable) {
    try {
      return Optional.of(TableItems.answer(key, item(record)));
    } catch (IllegalStateException e) {
      unreadable.add(e);
      return Optional.empty();
    }
  }

  private static Map<String, AttributeValue> item(Record record) {
    return record.eventName() == OperationType.REMOVE ? Map.of() : record.dynamodb().newImage();
  }
}
