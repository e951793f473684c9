package accounts.client;

/**
 * Receives what a {@link Watch} finds. Called by one thread at a time, one of the client's. As long
 * as it has not returned, the watch receives no more; the service ends the stream of a listener
 * that takes nothing for half a minute, and the watch goes on when it has returned.
 */
public interface WatchListener {

  /**
   * Receives an update. The first one comes as soon as the watch is open.
   *
   * @param update what is new; never a change that the watch has shown before, as far as it
   *     remembers the entity's revision
   */
  void received(WatchUpdate update);

  /**
   * The stream has ended, as it does each time that its connection is old enough, and another one
   * is opened. Its first update comes before what was missed meanwhile.
   */
  default void interrupted() {}

  /**
   * The watch has ended, and not because it was closed: what it asks for is refused, or this
   * listener threw. Interruptions of any kind are no end, as the watch goes on after them.
   *
   * @param failure why; with {@link ErrorReason#WATCH_TOKEN_EXPIRED} begin anew, without a token
   */
  void ended(AccountsException failure);
}
