package accounts.bench.harness;

import java.util.List;

/**
 * The program of an instance: the server as it ships, or a mutant that lacks a safeguard.
 *
 * @param mutant its name for {@code accounts.server.MutantMain}; empty for the server as it ships
 * @param command starts it
 */
public record ServerProgram(String mutant, ServerCommand command) {

  /** The server as it ships. */
  public static final ServerProgram INTACT = new ServerProgram("");

  /** A later version of the server, which caches answers in a format of another number. */
  static final ServerProgram OTHER_ANSWER_FORMAT = new ServerProgram("other-answer-format");

  private static final String OTHER_FORMAT_SUFFIX = "-other";

  /** Creates the program of a mutant that starts quickly. */
  public ServerProgram(String mutant) {
    this(mutant, ServerCommand.of(main(mutant)));
  }

  /** Returns a program that is no mutant of the server. */
  public static ServerProgram of(ServerCommand command) {
    return new ServerProgram("", command);
  }

  private static List<String> main(String mutant) {
    return mutant.isEmpty()
        ? List.of("accounts.server.Main")
        : List.of("accounts.server.MutantMain", mutant);
  }

  /** Returns this program with the compilers of production, for measurements. */
  public ServerProgram optimized() {
    return new ServerProgram(mutant, ServerCommand.optimized(main(mutant)));
  }

  /** Returns this program with the flags of the image, for measurements. */
  public ServerProgram asDeployed() {
    return new ServerProgram(mutant, ServerCommand.asDeployed(main(mutant)));
  }

  /** Returns a later version of this program, which caches answers in another format. */
  ServerProgram ofOtherFormat() {
    return isIntact() ? OTHER_ANSWER_FORMAT : new ServerProgram(mutant + OTHER_FORMAT_SUFFIX);
  }

  private boolean isIntact() {
    return mutant.isEmpty();
  }
}
