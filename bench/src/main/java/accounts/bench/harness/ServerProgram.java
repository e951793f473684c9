package accounts.bench.harness;

import java.util.List;

/**
 * What an instance runs: the server as it ships, or one that lacks a safeguard.
 *
 * @param mutant its name as {@code accounts.server.MutantMain} knows it; empty for the server as it
 *     ships
 * @param command how it is started
 */
public record ServerProgram(String mutant, ServerCommand command) {

  /** The server as it ships. */
  public static final ServerProgram INTACT = new ServerProgram("");

  /** The whole protocol, with answers kept in a format of another number: a later version. */
  static final ServerProgram OTHER_ANSWER_FORMAT = new ServerProgram("other-answer-format");

  private static final String OTHER_FORMAT_SUFFIX = "-other";

  /** One that is quick to start. */
  public ServerProgram(String mutant) {
    this(mutant, ServerCommand.of(main(mutant)));
  }

  /** Returns any program, which is no mutant of the server. */
  public static ServerProgram of(ServerCommand command) {
    return new ServerProgram("", command);
  }

  private static List<String> main(String mutant) {
    return mutant.isEmpty()
        ? List.of("accounts.server.Main")
        : List.of("accounts.server.MutantMain", mutant);
  }

  /** Returns this one with the compiler that it has in production, for what is measured. */
  public ServerProgram optimized() {
    return new ServerProgram(mutant, ServerCommand.optimized(main(mutant)));
  }

  /** Returns the later version of this one, which keeps answers in another format. */
  ServerProgram ofOtherFormat() {
    return isIntact() ? OTHER_ANSWER_FORMAT : new ServerProgram(mutant + OTHER_FORMAT_SUFFIX);
  }

  private boolean isIntact() {
    return mutant.isEmpty();
  }
}
