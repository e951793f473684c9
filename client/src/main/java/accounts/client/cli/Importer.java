package accounts.client.cli;

import accounts.client.AccountsException;
import accounts.client.ErrorReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changes that the lines of a file ask for: several at once, with the outcome that they
 * would have one after the other. Lines are settled in their order, so a checkpoint says of all
 * before it that they are made or in the report. For one thread, once.
 */
final class Importer {

  private static final long SAVE_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final LineReader lines;
  private final ImportParser parser;
  private final Session session;
  private final ImportReport report;
  private final Path checkpointFile;
  private final Pace pace;
  private final int limit;
  private final Progress progress;
  private final Queue<Pending> pending = new ArrayDeque<>();
  private final InFlight inFlight = new InFlight();
  private Checkpoint reached;
  private long savedNanos = System.nanoTime();

  /**
   * @param lines at the checkpoint
   * @param report at the checkpoint
   * @param limit how many calls are in flight at once
   */
  Importer(
      LineReader lines,
      Session session,
      ImportReport report,
      Checkpoint checkpoint,
      Path checkpointFile,
      Pace pace,
      int limit,
      Progress progress) {
    this.lines = lines;
    this.parser = new ImportParser(checkpoint.importId());
    this.session = session;
    this.report = report;
    this.reached = checkpoint;
    this.checkpointFile = checkpointFile;
    this.pace = pace;
    this.limit = limit;
    this.progress = progress;
  }

  /** A line that is not settled. */
  private record Pending(
      FileMark mark,
      Optional<TouchedEntities> touched,
      CompletableFuture<Optional<Refusal>> outcome) {}

  /**
   * Goes to the end of the file.
   *
   * @return the state at the end, which is saved
   * @throws AccountsException of a call that failed for another reason than its line; the lines
   *     before it are settled, and a later import goes on with it
   */
  Checkpoint run() throws IOException, InterruptedException {
    save();
    for (Line line = lines.next(); line != null; line = lines.next()) {
      if (!line.isBlank()) {
        take(line);
      }
    }
    while (!pending.isEmpty()) {
      settleFirst();
    }
    reached = reached.after(lines.mark(), 0, 0);
    save();
    progress.end(reached.mark(), reached.refused());
    return reached;
  }

  private void take(Line line) throws IOException, InterruptedException {
    while (pending.size() >= limit) {
      settleFirst();
    }
    ParsedLine parsed = parser.parse(line);
    if (parsed instanceof ImportChange change) {
      start(line, change);
    } else if (parsed instanceof Refusal refusal) {
      CompletableFuture<Optional<Refusal>> known =
          CompletableFuture.completedFuture(Optional.of(refusal));
      pending.add(new Pending(line.mark(), Optional.empty(), known));
    }
  }

  private void start(Line line, ImportChange change) throws IOException, InterruptedException {
    while (inFlight.mustWait(change.touched())) {
      settleFirst();
    }
    Duration wait = pace.take(System.nanoTime());
    if (!wait.isZero()) {
      Thread.sleep(wait.toMillis(), wait.toNanosPart() % 1_000_000);
    }
    inFlight.add(change.touched());
    CompletableFuture<Optional<Refusal>> outcome =
        change.call().apply(session).handle((made, e) -> refusal(line.mark().line(), e));
    pending.add(new Pending(line.mark(), Optional.of(change.touched()), outcome));
  }

  private static Optional<Refusal> refusal(long line, @Nullable Throwable e) {
    if (e == null) {
      return Optional.empty();
    }
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof AccountsException failure && isOfTheLine(failure.reason())) {
      return Optional.of(Refusal.of(line, failure));
    }
    throw new CompletionException(cause);
  }

  private void settleFirst() throws IOException {
    Pending first = pending.remove();
    Optional<Refusal> refusal = outcome(first);
    first.touched().ifPresent(inFlight::remove);
    if (refusal.isPresent()) {
      report.add(refusal.get());
      reached = reached.after(first.mark(), 0, 1);
    } else {
      reached = reached.after(first.mark(), 1, 0);
    }
    progress.at(reached.mark(), reached.refused());
    if (System.nanoTime() - savedNanos >= SAVE_EVERY_NANOS) {
      save();
    }
  }

  private Optional<Refusal> outcome(Pending first) throws IOException {
    try {
      return first.outcome().join();
    } catch (CompletionException e) {
      save();
      progress.end(reached.mark(), reached.refused());
      throw e;
    }
  }

  private void save() throws IOException {
    reached = reached.withReport(report.force());
    reached.save(checkpointFile);
    savedNanos = System.nanoTime();
  }

  /** Whether the line is wrong, and would be at the next attempt. All else ends the import. */
  private static boolean isOfTheLine(ErrorReason reason) {
    return switch (reason) {
      case INVALID_FIELD,
          USER_NOT_FOUND,
          ORGANIZATION_NOT_FOUND,
          MEMBERSHIP_NOT_FOUND,
          INVITATION_NOT_FOUND,
          USER_ALREADY_EXISTS,
          ORGANIZATION_ALREADY_EXISTS,
          MEMBERSHIP_ALREADY_EXISTS,
          ROLE_REQUIRED,
          LAST_OWNER,
          REVISION_MISMATCH,
          USER_SUSPENDED,
          BEING_DELETED,
          NOT_DELETED,
          UID_MISMATCH,
          TOO_MANY_LABELS,
          HAS_MEMBERSHIPS ->
          true;
      case REQUEST_ID_REUSED,
          UNAUTHENTICATED,
          SCOPE_REQUIRED,
          OVERLOADED,
          STORE_THROTTLED,
          STORE_UNAVAILABLE,
          ISSUER_UNAVAILABLE,
          DELETION_UNFINISHED,
          WATCH_TOKEN_EXPIRED,
          WATCH_TOO_SLOW,
          WATCH_ENDED,
          WATCH_NOT_OFFERED,
          INTERNAL,
          UNKNOWN ->
          false;
    };
  }
}
