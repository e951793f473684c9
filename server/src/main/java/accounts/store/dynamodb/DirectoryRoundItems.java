package accounts.store.dynamodb;

import accounts.store.DirectoryRound;
import accounts.store.ScanPosition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item that says where the search for accounts without entries in the directory is. */
final class DirectoryRoundItems {

  static final Map<String, AttributeValue> KEY = ItemKeys.both("DIRECTORYROUND");

  private static final String PROGRESS = "progress";
  private static final String ENDED = "ended";
  private static final String FOUND = "found";
  private static final String END_TIME = "endTime";
  private static final String RUNNING = "running";
  private static final String PARTITION = "afterPartition";
  private static final String SORT = "afterSort";

  private DirectoryRoundItems() {}

  static Map<String, AttributeValue> item(DirectoryRound round) {
    Map<String, AttributeValue> item = new HashMap<>(KEY);
    item.put(PROGRESS, Items.number(round.progress()));
    item.put(ENDED, Items.number(round.ended()));
    item.put(FOUND, AttributeValue.fromBool(round.found()));
    item.put(RUNNING, AttributeValue.fromBool(round.running()));
    round.endTime().ifPresent(time -> item.put(END_TIME, Items.text(Items.TIME.format(time))));
    round
        .position()
        .ifPresent(position -> {
          item.put(PARTITION, Items.text(position.partition()));
          item.put(SORT, Items.text(position.sort()));
        });
    return item;
  }

  /** Returns what an item says; an empty one, that there was no round yet. */
  static DirectoryRound round(Item item) {
    return item.isPresent()
        ? new DirectoryRound(
            item.number(PROGRESS),
            item.number(ENDED),
            item.flag(FOUND),
            item.has(END_TIME) ? Optional.of(item.time(END_TIME)) : Optional.empty(),
            item.flag(RUNNING),
            item.has(PARTITION)
                ? Optional.of(new ScanPosition(item.text(PARTITION), item.text(SORT)))
                : Optional.empty())
        : DirectoryRound.NONE;
  }

  /** The condition that nobody has made a step since. */
  static Expressions isAt(DirectoryRound seen) {
    return seen.progress() == 0
        ? Expressions.NEVER_WAS
        : new Expressions(
            "#progress = :progress",
            Map.of("#progress", PROGRESS),
            Map.of(":progress", Items.number(seen.progress())));
  }
}
