package accounts.client.cli;

import accounts.client.fake.FakeServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/** The exit code and output of one run of the command. */
record Run(int exitCode, String out, String err) {

  static Run of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Run(exitCode, out.toString(), err.toString());
  }

  static Run against(FakeServer server, String... args) {
    return of(
        Stream.concat(Stream.of(args), Stream.of("--address", server.address()))
            .toArray(String[]::new));
  }
}
