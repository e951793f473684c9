package accounts.server;

import accounts.server.StopSignal.StoppedException;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.server.config.ConfigurationReader;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Runs the server. Exits with 78 if the configuration is invalid, with 69 if it cannot listen or
 * reach DynamoDB, with 70 after a bug, and with 0 when a signal has stopped it.
 */
public final class Main {

  private static final Logger log = LoggerFactory.getLogger(Main.class);

  /** EX_CONFIG of sysexits.h. */
  private static final int BAD_CONFIGURATION = 78;

  /** EX_UNAVAILABLE of sysexits.h. */
  private static final int UNAVAILABLE = 69;

  /** EX_SOFTWARE of sysexits.h. */
  private static final int BUG = 70;

  private Main() {}

  public static void main(String[] args) {
    run(new Parts());
  }

  /** Runs a server with these parts until it is stopped. */
  static void run(Parts parts) {
    // grpc-java logs through java.util.logging.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Map<String, String> environment = System.getenv();
    Shutdown shutdown = Shutdown.onSignals();
    try {
      Configuration configuration = ConfigurationReader.read(environment, Regions::isKnownToAws);
      Configuration.Grpc grpc = configuration.grpc();
      shutdown.allow(grpc.drain().plus(grpc.stopGrace()));
      RunningServer.start(configuration, parts, shutdown.signal()).serve();
      shutdown.stopped();
    } catch (StoppedException e) {
      shutdown.stopped();
    } catch (ConfigurationException e) {
      e.faults().forEach(fault -> System.err.println("accounts: " + fault));
      shutdown.exit(BAD_CONFIGURATION);
    } catch (StartException e) {
      System.err.println("accounts: " + e.getMessage());
      shutdown.exit(UNAVAILABLE);
    } catch (InterruptedException | RuntimeException | Error e) {
      log.error("the server ended by a failure of its own", e);
      shutdown.exit(BUG);
    }
  }
}
