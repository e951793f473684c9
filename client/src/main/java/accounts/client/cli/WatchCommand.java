package accounts.client.cli;

import accounts.client.AccountsClient;
import accounts.client.AccountsException;
import accounts.client.Watch;
import accounts.client.WatchListener;
import accounts.client.WatchUpdate;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code accounts watch}, which prints changes as they are made. */
@Command(
    name = "watch",
    description =
        "Prints changes as they are made, until Ctrl-C: those of an organization, of a user, or all; needs accounts.watch.")
final class WatchCommand implements Callable<Integer> {

  private final Main main;

  @ArgGroup private @Nullable Subject subject;

  @Option(
      names = "--from",
      paramLabel = "TOKEN",
      defaultValue = "",
      description = "Go on after this token, which an earlier watch printed.")
  private String from = "";

  @Option(
      names = "--count",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "End after so many changes, or a few more.")
  private long count;

  static final class Subject {

    @Option(
        names = "--organization",
        paramLabel = "NAME",
        description = "Only this organization and its memberships.")
    @Nullable String organization;

    @Option(
        names = "--user",
        paramLabel = "USERNAME",
        description = "Only this user and its memberships.")
    @Nullable String user;
  }

  WatchCommand(Main main) {
    this.main = main;
  }

  @Override
  public Integer call() {
    try (Session session = main.session()) {
      Printer printer = new Printer(session.output());
      Watch watch = open(session.client(), printer);
      try (watch) {
        printer.end.join();
      }
      session.output().remark("token: " + printer.token);
    }
    return 0;
  }

  private Watch open(AccountsClient client, WatchListener listener) {
    if (subject != null && subject.organization != null) {
      return client.watchOrganization(subject.organization, from, listener);
    }
    return subject != null && subject.user != null
        ? client.watchUser(subject.user, from, listener)
        : client.watchEverything(from, listener);
  }

  private final class Printer implements WatchListener {

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Output output;
    private long printed;
    private volatile String token = "";

    Printer(Output output) {
      this.output = output;
    }

    @Override
    public void received(WatchUpdate update) {
      if (end.isDone()) {
        return;
      }
      ChangeOutput.print(output, update, printed == 0);
      printed += update.changes().size();
      token = update.token();
      if (count > 0 && printed >= count) {
        end.complete(null);
      }
    }

    @Override
    public void ended(AccountsException failure) {
      end.completeExceptionally(failure);
    }
  }
}
