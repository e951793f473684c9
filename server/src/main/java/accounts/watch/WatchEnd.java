package accounts.watch;

/** Why a watch ended. */
public enum WatchEnd {
  /** The caller is gone. */
  CANCELLED,
  /** It lasted as long as its connection should. */
  OVER,
  /** This instance stops. */
  STOPPING,
  /** The caller does not take what it is sent. */
  TOO_SLOW,
  /** Changes after its position are no longer kept, or the position is not one of this feed. */
  EXPIRED
}
