package accounts.client.cli;

import accounts.client.AccountsException;
import accounts.client.ErrorReason;
import io.grpc.Status;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Says what went wrong: one line, then indented lines with particulars; and turns it into an exit
 * code.
 */
final class Complaints implements IExecutionExceptionHandler, IParameterExceptionHandler {

  /** What is added to a gRPC code to make an exit code, as grpcurl does. */
  private static final int CODE_BASE = 64;

  private static final int HEADLINE_LIMIT = 200;

  /** How a write may have ended although it was done. */
  private static final Set<Status.Code> UNSETTLED =
      EnumSet.of(
          Status.Code.CANCELLED,
          Status.Code.UNKNOWN,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.INTERNAL,
          Status.Code.UNAVAILABLE);

  private final BooleanSupplier verbose;

  Complaints(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    line(command.getErr(), "accounts: " + e.getMessage());
    line(command.getErr(), "  try: " + command.getCommandSpec().qualifiedName() + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    Throwable failure = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    if (failure instanceof AccountsException accounts) {
      return complain(accounts, command.getErr());
    }
    line(command.getErr(), "accounts: a fault of this command: " + failure);
    return CommandLine.ExitCode.SOFTWARE;
  }

  private int complain(AccountsException e, PrintWriter err) {
    line(err, "accounts: " + headline(e));
    if (e.reason() == ErrorReason.UNKNOWN) {
      onItsWay(e).ifPresent(text -> line(err, "  " + text));
    }
    e.violations().forEach(v -> line(err, "  " + v.field() + ": " + v.description()));
    e.retryDelay().ifPresent(d -> line(err, "  try again after " + d.toMillis() + "ms"));
    if (UNSETTLED.contains(e.code())) {
      e.requestId()
          .ifPresent(id -> line(err, "  it may have been done; to settle it: --request-id " + id));
    }
    if (verbose.getAsBoolean()) {
      details(e, err);
    }
    return CODE_BASE + e.code().value();
  }

  /**
   * The message; cut short where it only sums up the fields that follow, of which there may be a
   * hundred.
   */
  private static String headline(AccountsException e) {
    String message = String.valueOf(e.getMessage());
    return e.violations().isEmpty() || message.length() <= HEADLINE_LIMIT
        ? message
        : message.substring(0, HEADLINE_LIMIT) + "…";
  }

  /** What happened to a call that the service did not answer itself: "connection refused", say. */
  private static Optional<String> onItsWay(AccountsException e) {
    return Optional.ofNullable(e.getCause()).map(Throwable::getCause).map(Throwable::getMessage);
  }

  private static void details(AccountsException e, PrintWriter err) {
    line(err, "  code: " + e.code());
    line(err, "  reason: " + e.reason());
    e.resource().ifPresent(r -> line(err, "  resource: " + r.type() + " " + r.name()));
    new TreeMap<>(e.metadata()).forEach((key, value) -> line(err, "  " + key + ": " + value));
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      line(err, "  cause: " + cause);
    }
  }

  private static void line(PrintWriter err, String text) {
    err.println(text.startsWith("  ") ? "  " + Table.safe(text.strip()) : Table.safe(text));
  }
}
