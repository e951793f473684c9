package accounts.client.cli;

import accounts.client.Change;
import accounts.client.WatchUpdate;
import accounts.v1.ChangeAction;
import accounts.v1.EntityKind;
import accounts.v1.Role;
import accounts.v1.UserState;
import accounts.v1.WatchResponse;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints changes that are watched, a line for each; in JSON a line for each response. */
final class ChangeOutput {

  private static final String LINE = "%-24s  %-8s  %8s  %-30s  %-30s  %s";
  private static final String HEADINGS =
      LINE.formatted("CHANGED", "ACTION", "REVISION", "ORGANIZATION", "USERNAME", "NOW");

  private ChangeOutput() {}

  /**
   * Prints an update.
   *
   * @param first whether nothing was printed before
   */
  static void print(Output output, WatchUpdate update, boolean first) {
    if (first && !update.changes().isEmpty()) {
      output.line(HEADINGS);
    }
    update.changes().forEach(change -> output.line(line(change)));
    output.json(message(update));
  }

  private static String line(Change c) {
    return LINE.formatted(
            c.changeTime(),
            c.action().name().toLowerCase(Locale.ROOT),
            c.revision(),
            c.organizationName().orElse("-"),
            c.username().orElse("-"),
            now(c))
        .stripTrailing();
  }

  private static String now(Change c) {
    return c.role().map(Enum::name).or(() -> c.state().map(Enum::name)).orElse("");
  }

  private static WatchResponse message(WatchUpdate update) {
    List<accounts.v1.Change> changes =
        update.changes().stream().map(ChangeOutput::message).toList();
    return WatchResponse.newBuilder()
        .addAllChanges(changes)
        .setToken(update.token())
        .setStalled(update.stalled())
        .build();
  }

  /** What this version of the client does not know has no name in its contract, either. */
  private static accounts.v1.Change message(Change c) {
    accounts.v1.Change.Builder message =
        accounts.v1.Change.newBuilder()
            .setEntityKind(
                value(EntityKind.class, "ENTITY_KIND_", c.kind())
                    .orElse(EntityKind.ENTITY_KIND_UNSPECIFIED))
            .setUsername(c.username().orElse(""))
            .setOrganizationName(c.organizationName().orElse(""))
            .setAction(
                value(ChangeAction.class, "CHANGE_ACTION_", c.action())
                    .orElse(ChangeAction.CHANGE_ACTION_UNSPECIFIED))
            .setRevision(c.revision())
            .setChangeTime(time(c.changeTime()));
    c.role().flatMap(role -> value(Role.class, "ROLE_", role)).ifPresent(message::setRole);
    c.state()
        .flatMap(state -> value(UserState.class, "USER_STATE_", state))
        .ifPresent(message::setState);
    return message.build();
  }

  private static Timestamp time(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  private static <E extends Enum<E>> Optional<E> value(Class<E> type, String prefix, Enum<?> own) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(prefix + own.name()))
        .findFirst();
  }
}
