package accounts.client;

/** How far an {@link OrganizationReplica} can be relied on. */
public enum ReplicaState {
  /**
   * Being loaded. Until it was loaded for the first time it cannot be asked; when it is loaded anew
   * it has what it had before.
   */
  LOADING,
  /** Loaded, and follows the changes, which arrive about a second after they were made. */
  LIVE,
  /**
   * Changes may be missing: the service has been silent for half a minute, or it says itself that
   * it does not learn of changes at present. They come later.
   */
  STALLED,
  /** Follows no more: it was closed, or has failed, or its client was closed. */
  ENDED
}
