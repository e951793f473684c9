package accounts.repair.dynamodb;

import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.freshness.CellRequirement;
import accounts.freshness.CellRequirement.Recorded;
import accounts.freshness.CellRequirement.Unknown;
import accounts.repair.StreamEvent;
import accounts.repair.StreamEvent.Changed;
import accounts.repair.StreamEvent.NoticeLeft;
import accounts.store.Notice;
import accounts.store.dynamodb.TableItems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * Converts a batch of stream records to events. Of several records of one entity only the last
 * counts. Records of other items are skipped, this package's own ownerships included, each of which
 * would cause another record.
 */
final class Changes {

  private static final Logger log = LoggerFactory.getLogger(Changes.class);

  private final Map<EntityKey<?>, CellRequirement> changed = new LinkedHashMap<>();
  private final List<Notice> notices = new ArrayList<>();

  private Changes() {}

  /** Returns the events of a batch, in the order of the stream. */
  static List<StreamEvent> of(List<Record> records) {
    Changes changes = new Changes();
    records.forEach(changes::add);
    List<StreamEvent> events = new ArrayList<>();
    changes.notices.forEach(notice -> events.add(new NoticeLeft(notice)));
    changes.changed.forEach((key, requirement) -> events.add(new Changed(key, requirement)));
    return List.copyOf(events);
  }

  private void add(Record record) {
    Map<String, AttributeValue> keys = record.dynamodb().keys();
    Optional<EntityKey<?>> entity = TableItems.entity(keys);
    if (entity.isPresent()) {
      addChange(entity.get(), record);
    } else if (TableItems.isNotice(keys) && record.dynamodb().hasNewImage()) {
      addNotice(record.dynamodb().newImage());
    }
  }

  /** A malformed notice is not done: its writer raises epochs. */
  private void addNotice(Map<String, AttributeValue> image) {
    try {
      TableItems.openNotice(image).ifPresent(notices::add);
    } catch (IllegalStateException e) {
      log.warn("a notice is not understood and left undone (which: see DEBUG)");
      log.debug("notice not understood", e);
    }
  }

  /** After a change that was out of order, revisions in the rest of the batch prove nothing. */
  private void addChange(EntityKey<?> key, Record record) {
    CellRequirement latest = requirement(key, record);
    CellRequirement before = changed.remove(key);
    changed.put(key, before == null || isInOrder(before) ? latest : outOfOrder(latest));
  }

  private static boolean isInOrder(CellRequirement requirement) {
    return requirement instanceof Recorded recorded && recorded.inOrder();
  }

  private static CellRequirement outOfOrder(CellRequirement requirement) {
    return requirement instanceof Recorded recorded
        ? new Recorded(recorded.answer(), false)
        : requirement;
  }

  private static CellRequirement requirement(EntityKey<?> key, Record record) {
    StreamRecord change = record.dynamodb();
    OperationType type = record.eventName();
    boolean removed = type == OperationType.REMOVE;
    if (!removed && !change.hasNewImage()) {
      return new Unknown(); // the stream carries keys only
    }
    try {
      Lookup<?> now = TableItems.lookup(key, removed ? Map.of() : change.newImage());
      return new Recorded(
          now,
          type == OperationType.INSERT
              || (type == OperationType.MODIFY
                  && change.hasOldImage()
                  && follows(TableItems.lookup(key, change.oldImage()), now)));
    } catch (IllegalStateException e) {
      log.warn("a changed item is not understood, its cell is emptied (which: see DEBUG)");
      log.debug("item not understood", e);
      return new Unknown();
    }
  }

  /**
   * Returns whether the service makes such a change: it is the next revision, or changes no
   * revision, like an organization's number of owners, which is in its item but not in the answer.
   */
  private static boolean follows(Lookup<?> before, Lookup<?> now) {
    return now.equals(before) || now.revision().equals(before.revision().next());
  }
}
