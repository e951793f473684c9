package accounts.client.cli;

import accounts.client.AccountsClient;
import accounts.client.AccountsException;
import accounts.client.Watch;
import accounts.client.WatchListener;
import accounts.client.WatchUpdate;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.Entity;
import accounts.v1.ListEntitiesRequest;
import accounts.v1.ListEntitiesResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code accounts export}. */
@Command(
    name = "export",
    description = {
      "Writes all users, organizations and memberships to a new file, which \"accounts import\" reads; needs accounts.export, accounts.watch and accounts.read.",
      "",
      "Each is as it was at some moment of the export. The token that is printed at the end leads on from its beginning:"
          + " \"accounts watch --from TOKEN\" shows what was changed since."
    })
final class ExportCommand implements Callable<Integer> {

  private static final int PAGE = 1_000;

  /** An export takes hours where there is much: it outlasts a deployment, or a throttled table. */
  private static final RepeatedCall REPEATED =
      new RepeatedCall(Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final Main main;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description = "The file, which must not exist; it has the names of everybody.")
  private Path file = Path.of("");

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Pages a second at most (default 10). The service reads up to 1,000 items of its table for each, entities or not.")
  private int rate;

  ExportCommand(Main main) {
    this.main = main;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rate < 1 || rate > 1_000) {
      throw wrong("--rate: " + rate + " (expected: 1-1000)");
    }
    if (Files.exists(file)) {
      throw wrong(file + ": exists (expected: a new file)");
    }
    try (Session session = main.session();
        ExportFolder folder = ExportFolder.open(file)) {
      ExportSummary summary = export(session, folder);
      session.output().text(summary.text(), summary.json());
      return 0;
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private ExportSummary export(Session session, ExportFolder folder)
      throws IOException, InterruptedException {
    ServiceReads reads = new ServiceReads(session, REPEATED);
    refuseAtOnce(session, reads);
    String token = token(session.client());
    try (ExportWriter writer = new ExportWriter(folder.path(), ExportWriter.MEMORY_BYTES, reads)) {
      read(session, writer);
      folder.publish(writer.write());
      return writer.summary(token);
    }
  }

  /** Says at once that a scope is missing, or that nobody is there, as a watch would not. */
  private static void refuseAtOnce(Session session, ExportReads reads) throws InterruptedException {
    var unusedPage = session.call(AccountServiceGrpc.getListEntitiesMethod(), request("", 1));
    var unusedUser = reads.user("a"); // whether there is one or not
  }

  /** Returns from where a watch of everything shows all that changes from now on. */
  private static String token(AccountsClient client) throws IOException {
    CompletableFuture<String> first = new CompletableFuture<>();
    WatchListener listener =
        new WatchListener() {
          @Override
          public void received(WatchUpdate update) {
            first.complete(update.token());
          }

          @Override
          public void ended(AccountsException failure) {
            first.completeExceptionally(failure);
          }
        };
    Watch watch = client.watchEverything("", listener);
    try (watch) {
      return first.orTimeout(30, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new IOException("no watch could be opened within 30 s", e);
      }
      throw e;
    }
  }

  private void read(Session session, ExportWriter writer) throws IOException, InterruptedException {
    Pace pace = new Pace(rate, System.nanoTime());
    String token = "";
    do {
      Duration wait = pace.take(System.nanoTime());
      Thread.sleep(wait.toMillis());
      ListEntitiesResponse page = page(session, token);
      for (Entity entity : page.getEntitiesList()) {
        writer.add(entity);
      }
      token = page.getNextPageToken();
    } while (!token.isEmpty());
  }

  private static ListEntitiesResponse page(Session session, String token)
      throws InterruptedException {
    return REPEATED.run(
        () -> session.call(AccountServiceGrpc.getListEntitiesMethod(), request(token, PAGE)));
  }

  private static ListEntitiesRequest request(String token, int size) {
    return ListEntitiesRequest.newBuilder().setPageSize(size).setPageToken(token).build();
  }
}
