package accounts.service;

/**
 * What a mutation was decided from has changed, beside the entities that it reads: another instance
 * has got on with the deletion that it is a step of, or somebody has changed the invitation.
 */
final class OvertakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OvertakenException() {
    super("what the mutation was decided from has changed", null, false, false);
  }
}
