package accounts.service;

/** Another instance has got on with the deletion that a mutation is a step of. */
final class OvertakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OvertakenException() {
    super("another instance has got on with the deletion", null, false, false);
  }
}
