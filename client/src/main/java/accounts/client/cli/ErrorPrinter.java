package accounts.client.cli;

import accounts.client.AccountsException;
import accounts.client.ErrorReason;
import io.grpc.Status;
import java.io.IOException;
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

/** Prints errors, a line and then indented details, and converts them to exit codes. */
final class ErrorPrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {

  /** The offset of exit codes to gRPC codes, the same as grpcurl's. */
  private static final int CODE_BASE = 64;

  private static final int HEADLINE_LIMIT = 200;

  /** Codes with which a write may have failed although it was done. */
  private static final Set<Status.Code> UNSETTLED =
      EnumSet.of(
          Status.Code.CANCELLED,
          Status.Code.UNKNOWN,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.INTERNAL,
          Status.Code.UNAVAILABLE);

  private final BooleanSupplier verbose;

  ErrorPrinter(BooleanSupplier verbose) {
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
      return complain(accounts, command);
    }
    if (failure instanceof IOException fault) {
      line(command.getErr(), "accounts: " + FileFaults.message(fault));
      return CommandLine.ExitCode.USAGE;
    }
    line(command.getErr(), "accounts: internal error of this command: " + failure);
    return CommandLine.ExitCode.SOFTWARE;
  }

  private int complain(AccountsException e, CommandLine command) {
    PrintWriter err = command.getErr();
    line(err, "accounts: " + headline(e));
    if (e.reason() == ErrorReason.UNKNOWN) {
      onItsWay(e).ifPresent(text -> line(err, "  " + text));
    }
    e.violations().forEach(v -> line(err, "  " + v.field() + ": " + v.description()));
    e.retryDelay().ifPresent(d -> line(err, "  try again after " + d.toMillis() + "ms"));
    if (UNSETTLED.contains(e.code()) && repeatable(command)) {
      e.requestId()
          .ifPresent(
              id -> line(err, "  outcome unknown; repeat it safely with: --request-id " + id));
    }
    if (verbose.getAsBoolean()) {
      details(e, err);
    }
    return CODE_BASE + e.code().value();
  }

  private static boolean repeatable(CommandLine command) {
    return command.getCommandSpec().findOption("--request-id") != null;
  }

  /**
   * Returns the message, shortened if it only lists the fields that follow, of which there may be a
   * hundred.
   */
  private static String headline(AccountsException e) {
    String message = String.valueOf(e.getMessage());
    return e.violations().isEmpty() || message.length() <= HEADLINE_LIMIT
        ? message
        : message.substring(0, HEADLINE_LIMIT) + "…";
  }

  /**
   * Returns the cause of a failure that is not an answer of the service, such as "connection
   * refused".
   */
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
