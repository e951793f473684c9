package accounts.local;

import accounts.local.faults.RuleText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Runs DynamoDB Local and the cache on this machine, until it is stopped or until the given command
 * ends, which finds them through its environment.
 *
 * <p>Exit codes: the command's own; 0 when stopped by SIGINT or SIGTERM; 64 for bad arguments; 69
 * for a port that is in use; 127 for a command that does not start.
 */
@Command(name = "backends", sortOptions = false, mixinStandardHelpOptions = true)
public final class Backends implements Callable<Integer> {

  private static final int USAGE = 64; // EX_USAGE of sysexits.h

  @Mixin private final BackendOptions options = new BackendOptions();
  private final Shutdown shutdown = new Shutdown();

  private Backends() {}

  /** Runs the backends until the end of the process. */
  public static void main(String[] args) {
    quiet();
    Backends backends = new Backends();
    int code = commandLine(backends).execute(args);
    backends.shutdown.exit(code);
  }

  /** Silences DynamoDB Local (log4j) and Jetty (SLF4J), whose logs do not help here. */
  private static void quiet() {
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
    System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
    System.setProperty("slf4j.internal.verbosity", "ERROR");
  }

  private static CommandLine commandLine(Backends backends) {
    return new CommandLine(backends)
        .setStopAtPositional(true)
        .setParameterExceptionHandler((e, args) -> complain(USAGE, String.valueOf(e.getMessage())))
        .setExecutionExceptionHandler((e, line, parsed) -> complain(e));
  }

  private static int complain(Exception e) throws Exception {
    if (e instanceof StartFailure failure) {
      return complain(failure.exitCode(), String.valueOf(failure.getMessage()));
    }
    if (e instanceof IllegalArgumentException) {
      return complain(USAGE, String.valueOf(e.getMessage()));
    }
    throw e;
  }

  private static int complain(int exitCode, String message) {
    System.err.println("error: " + message);
    return exitCode;
  }

  @Override
  public Integer call() throws InterruptedException {
    options.faults.forEach(RuleText::parse); // reports errors before anything is started
    return options.command.isEmpty() ? runAlone() : runWith(options.command);
  }

  private int runAlone() throws InterruptedException {
    announce(start());
    new CountDownLatch(1).await();
    return 0;
  }

  /** Starts the command first, so that it and the backends start at the same time. */
  private int runWith(List<String> command) throws InterruptedException {
    Map<String, String> variables = options.reserved();
    Child child = shutdown.closingStarted(() -> Child.start(command, variables));
    start();
    shutdown.closing(child); // closed in reverse order: the command ends before its backends
    return child.waitFor();
  }

  private RunningBackends start() {
    RunningBackends backends = shutdown.closing(RunningBackends.start(options));
    Integer adminPort = options.adminPort;
    if (adminPort != null) {
      announce(shutdown.closing(backends.admin(adminPort)));
    }
    Integer readyPort = options.readyPort;
    if (readyPort != null) {
      shutdown.closing(backends.readyPort(readyPort));
    }
    return backends;
  }

  private static void announce(Admin admin) {
    System.out.println("faults: http://" + admin.endpoint() + "/faults");
  }

  private void announce(RunningBackends backends) {
    System.out.printf(
        "ready: DynamoDB Local on %s (table %s), cache on %s (cache %s)%n",
        backends.dynamoDb().endpoint(), options.table, backends.cache().endpoint(), options.cache);
    if (options.isLocal()) {
      announce(backends.environment());
    }
  }

  private static void announce(Map<String, String> environment) {
    System.out.println("Ctrl-C stops both; for `make serve` in another shell:");
    environment.forEach((name, value) -> System.out.println("export " + name + "=" + value));
  }
}
