package accounts.repair.dynamodb;

import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.store.FeedChange;
import accounts.store.FeedChange.Action;
import accounts.store.dynamodb.TableItems;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Converts records of the stream to changes for the feed, each record that changes an entity. */
final class FeedRecords {

  private static final Logger log = LoggerFactory.getLogger(FeedRecords.class);

  private FeedRecords() {}

  /** Returns the changes of a batch, in the order of the stream. */
  static List<FeedChange> of(List<Record> records) {
    return records.stream().flatMap(record -> change(record).stream()).toList();
  }

  private static Optional<FeedChange> change(Record record) {
    StreamRecord change = record.dynamodb();
    Optional<EntityKey<?>> entity = TableItems.entity(change.keys());
    if (entity.isEmpty()) {
      return Optional.empty();
    }
    Instant made = change.approximateCreationDateTime();
    if (record.eventName() == OperationType.REMOVE) {
      return Optional.of(bare(entity.get(), Action.ERASED, made));
    }
    try {
      return change(entity.get(), change, made);
    } catch (IllegalStateException e) {
      log.warn("a changed item is not understood, watchers are told to read it (which: see DEBUG)");
      log.debug("item not understood", e);
      return Optional.of(bare(entity.get(), Action.UPDATED, made));
    }
  }

  private static FeedChange bare(EntityKey<?> entity, Action action, Instant made) {
    return new FeedChange(entity, action, Revision.NONE, Optional.empty(), Optional.empty(), made);
  }

  private static Optional<FeedChange> change(
      EntityKey<?> entity, StreamRecord change, Instant made) {
    if (!change.hasNewImage()) {
      return Optional.of(bare(entity, Action.UPDATED, made)); // the stream carries keys only
    }
    Lookup<?> now = TableItems.lookup(entity, change.newImage());
    Optional<Lookup<?>> before =
        change.hasOldImage()
            ? Optional.of(TableItems.lookup(entity, change.oldImage()))
            : Optional.empty();
    // An organization's number of owners changes no revision.
    return before.filter(now::equals).isPresent()
        ? Optional.empty()
        : Optional.of(change(entity, action(before, now), now, time(change.newImage(), made)));
  }

  private static Action action(Optional<Lookup<?>> before, Lookup<?> now) {
    if (now.toOptional().isEmpty()) {
      return Action.REMOVED;
    }
    boolean wasThere = before.isPresent() && before.get().toOptional().isPresent();
    return wasThere ? Action.UPDATED : Action.CREATED;
  }

  private static FeedChange change(
      EntityKey<?> entity, Action action, Lookup<?> now, Instant time) {
    return new FeedChange(
        entity,
        action,
        now.revision(),
        now.toOptional()
            .filter(Membership.class::isInstance)
            .map(member -> ((Membership) member).role()),
        now.toOptional().filter(User.class::isInstance).map(user -> ((User) user).shownState()),
        time);
  }

  /** The table's own time of a change is to the second. */
  private static Instant time(Map<String, AttributeValue> image, Instant made) {
    return TableItems.updateTime(image).orElse(made);
  }
}
