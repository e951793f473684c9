package accounts.bench.baseline;

import accounts.metrics.Metrics;
import accounts.telemetry.Telemetry;
import java.io.IOException;
import java.util.Map;

/** The echo, with what counts and times the calls of the service: what that costs. */
public final class MeteredEcho {

  private MeteredEcho() {}

  /** Runs it until the process ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Metrics metrics = new Metrics();
    try (Telemetry telemetry = Telemetry.start(Map.of(), metrics.registry())) {
      BareServer.serve(
          new Echo(),
          builder -> {
            metrics.observe(builder);
            telemetry.observe(builder);
          });
    }
  }
}
