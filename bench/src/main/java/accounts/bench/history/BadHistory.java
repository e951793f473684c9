package accounts.bench.history;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints a violation and the operations that led to it. */
public final class BadHistory {

  /**
   * An event among the operations, such as a fault.
   *
   * @param time by the same clock as the operations' times
   */
  public record Note(long time, String text) {}

  private static final int MOST_NOTES = 10;

  private record Line(long time, String text) {}

  private BadHistory() {}

  /**
   * Returns the operations around the violation in the order in which they were sent. Times are in
   * milliseconds, relative to when the violating operation was sent.
   */
  public static String print(Violation violation, List<Note> notes) {
    long origin = violation.culprit().invoked();
    Stream<Line> operations =
        violation.recent().stream()
            .map(operation -> line(operation, origin, operation.equals(violation.culprit())));
    Stream<Line> around =
        before(violation.culprit().ended(), notes).stream()
            .map(note ->
                new Line(
                    note.time(),
                    "  %9.1f            -- %s"
                        .formatted(millis(note.time() - origin), note.text())));
    return Stream.concat(operations, around)
        .sorted(Comparator.comparingLong(Line::time))
        .map(Line::text)
        .collect(Collectors.joining("\n", heading(violation), "\n"));
  }

  private static List<Note> before(long time, List<Note> notes) {
    List<Note> before = notes.stream().filter(note -> note.time() - time < 0).toList();
    return before.subList(Math.max(0, before.size() - MOST_NOTES), before.size());
  }

  private static String heading(Violation violation) {
    return """
    %s on %s: %s
         sent       ended  instance
    """
        .formatted(violation.rule(), violation.key(), violation.what());
  }

  private static Line line(Operation operation, long origin, boolean culprit) {
    return new Line(
        operation.invoked(),
        "%s %9.1f %11.1f  %-10s %s"
            .formatted(
                culprit ? ">" : " ",
                millis(operation.invoked() - origin),
                millis(operation.ended() - origin),
                operation.instance(),
                text(operation)));
  }

  private static String text(Operation operation) {
    return switch (operation) {
      case Write write -> text(write);
      case Read read -> text(read);
    };
  }

  private static String text(Write write) {
    return "WRITE %s: %s%s"
        .formatted(
            write.what(),
            write.outcome(),
            write.revision() == 0 ? "" : ", revision " + write.revision());
  }

  private static String text(Read read) {
    Answer answer = read.answer();
    return "read %s: revision %d \"%s\" from %s%s%s"
        .formatted(
            read.consistency(),
            answer.revision(),
            answer.value(),
            answer.source(),
            answer.age().map(age -> ", age %.1f ms".formatted(millis(age.toNanos()))).orElse(""),
            read.minRevision() == 0 ? "" : ", min_revision " + read.minRevision());
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
