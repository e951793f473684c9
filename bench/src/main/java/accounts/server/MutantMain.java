package accounts.server;

/**
 * Starts a server that lacks one of its safeguards, for the proof. Its argument names the mutant,
 * see {@link Mutants}; all else is as with {@link Main}.
 */
public final class MutantMain {

  private MutantMain() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length != 1) {
      throw new IllegalArgumentException(
          "%d arguments (expected: the name of a mutant)".formatted(args.length));
    }
    Main.run(Mutants.of(args[0]));
  }
}
