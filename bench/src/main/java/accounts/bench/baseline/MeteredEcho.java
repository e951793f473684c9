package accounts.bench.baseline;

import accounts.metrics.Metrics;
import java.io.IOException;

/** The echo, with what counts and times the calls of the service: what that costs. */
public final class MeteredEcho {

  private MeteredEcho() {}

  /** Runs it until the process ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    BareServer.serve(new Echo(), builder -> new Metrics().observe(builder, false));
  }
}
