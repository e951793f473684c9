package accounts.client.cli;

import accounts.client.AccountsClient;
import accounts.client.AccountsClientBuilder;
import accounts.client.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code accounts}, with the options of all subcommands. */
@Command(
    name = "accounts",
    description =
        "Reads and changes users, organizations, memberships and invitations of the Accounts service.",
    versionProvider = Main.ProductVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpWidth = 100,
    exitCodeListHeading = "%nExit codes (64 + the gRPC code):%n",
    exitCodeList = {
      "0:done; for a batch also when some were not found",
      "1:internal error of this command",
      "2:wrong usage, or a file that cannot be read or written",
      "3:refused: the answer to a check of access, or some lines of an import",
      "65:CANCELLED",
      "67:INVALID_ARGUMENT: malformed, or the request id was used for another request",
      "68:DEADLINE_EXCEEDED: no answer within --timeout",
      "69:NOT_FOUND",
      "70:ALREADY_EXISTS",
      "71:PERMISSION_DENIED: the acting user's role or suspension, or the caller's scopes, do not allow it",
      "72:RESOURCE_EXHAUSTED: overloaded or throttled",
      "73:FAILED_PRECONDITION: something is in the way, as the message says: the last owner, memberships of what is to be deleted, another uid than the expected one",
      "74:ABORTED: the revision was not the expected one",
      "75:OUT_OF_RANGE: the token of a watch has expired",
      "77:INTERNAL: an error of the service",
      "78:UNAVAILABLE: the service or its store is unreachable",
      "80:UNAUTHENTICATED: no token or certificate, or one that is not accepted"
    },
    footer = {
      "",
      "Example: accounts user create olivia Olivia Park && accounts org create \"Olivia's Org\" --as olivia",
      "Completion: source <(accounts generate-completion)"
    })
public final class Main {

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ACCOUNTS_ADDRESS:-127.0.0.1:50051}",
      description =
          "Address of the service (environment: ACCOUNTS_ADDRESS; default 127.0.0.1:50051).")
  private String address = "";

  @Option(
      names = "--plaintext",
      scope = ScopeType.INHERIT,
      description = "Connect without TLS; the default for loopback addresses.")
  private boolean plaintext;

  @Option(
      names = "--tls",
      scope = ScopeType.INHERIT,
      description = "Connect with TLS; the default for all other addresses.")
  private boolean tls;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ACCOUNTS_CA}",
      description =
          "Connect with TLS and trust these authorities, in PEM (environment: ACCOUNTS_CA).")
  private @Nullable Path ca;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Show this certificate, in PEM; with --key.")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The key of --certificate, in PEM, PKCS #8.")
  private @Nullable Path key;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ACCOUNTS_TOKEN_FILE}",
      description =
          "Send the bearer token in this file, over TLS (environment: ACCOUNTS_TOKEN_FILE).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      scope = ScopeType.INHERIT,
      converter = Durations.class,
      defaultValue = "5s",
      description = "Deadline of a call, for example 500ms, 5s, 1m (default 5s).")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print each response as one line of protobuf JSON instead of a table.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Print requests, and all details of errors.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help.")
  @SuppressWarnings("UnusedVariable") // picocli evaluates it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print the version.")
  @SuppressWarnings("UnusedVariable") // picocli evaluates it
  private boolean version;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final PrintWriter out;
  private final PrintWriter err;

  private Main(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and ends the process. */
  public static void main(String[] args) {
    System.exit(run(writer(FileDescriptor.out), writer(FileDescriptor.err), args));
  }

  /** Runs the command and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new Main(out, err).commandLine().execute(args);
  }

  @Command(
      name = "generate-completion",
      description =
          "Prints a completion script for bash and zsh: source <(accounts generate-completion)")
  int generateCompletion() {
    out.print(AutoComplete.bash("accounts", commandLine()));
    out.flush();
    return 0;
  }

  /** Returns the address of the service, as it was given. */
  String address() {
    return address;
  }

  /** Returns a new connection with these options; the caller closes it. */
  Session session() {
    if (plaintext && (tls || ca != null || certificate != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--plaintext: given together with --tls, --ca or --certificate (expected: one or the other)");
    }
    if ((certificate == null) != (key == null)) {
      throw new ParameterException(
          spec.commandLine(), "--certificate, --key: one of them given (expected: both or none)");
    }
    try {
      return new Session(builder().build(), timeout, new Output(out, err, json, verbose));
    } catch (IllegalArgumentException e) { // of a file
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private AccountsClientBuilder builder() {
    AccountsClientBuilder builder = AccountsClient.builder(address).userAgent("accounts-command");
    if (plaintext) {
      builder.plaintext();
    }
    if (tls) {
      builder.tls();
    }
    if (ca != null) {
      builder.trust(ca);
    }
    if (certificate != null && key != null) {
      builder.certificate(certificate, key);
    }
    if (tokenFile != null) {
      builder.tokenFile(tokenFile);
    }
    return builder;
  }

  private CommandLine commandLine() {
    ErrorPrinter complaints = new ErrorPrinter(() -> verbose);
    return new CommandLine(this)
        .addSubcommand(new UserCommand(this))
        .addSubcommand(new OrganizationCommand(this))
        .addSubcommand(new MemberCommand(this))
        .addSubcommand(new InvitationCommand(this))
        .addSubcommand(new ImportCommand(this))
        .addSubcommand(new ExportCommand(this))
        .addSubcommand(new WatchCommand(this))
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(complaints)
        .setParameterExceptionHandler(complaints);
  }

  /** Writes UTF-8 whatever the locale, so that names are printed correctly. */
  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  static final class ProductVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"accounts " + Version.get()};
    }
  }
}
