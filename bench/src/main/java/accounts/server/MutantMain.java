package accounts.server;

/**
 * Starts a mutant: a server that lacks one of its safeguards, for the proof. The argument is the
 * name of the mutant, see {@link Mutants}; everything else is as in {@link Main}.
 */
public final class MutantMain {

  private MutantMain() {}

  /** Runs the mutant until the process is terminated. */
  public static void main(String[] args) {
    if (args.length != 1) {
      throw new IllegalArgumentException(
          "%d arguments (expected: the name of a mutant)".formatted(args.length));
    }
    Main.run(Mutants.of(args[0]));
  }
}
