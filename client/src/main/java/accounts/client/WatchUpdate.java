package accounts.client;

import java.util.List;

/**
 * What a watch received at once.
 *
 * @param changes may be none: then the watch shows that it is alive and has nothing new
 * @param token from where a watch goes on after these changes; store it once they are dealt with
 * @param stalled whether changes of the last minutes may be missing that come later, since nobody
 *     reads the changes of the service's table at present
 */
public record WatchUpdate(List<Change> changes, String token, boolean stalled) {

  /** Copies the list. */
  public WatchUpdate {
    changes = List.copyOf(changes);
  }
}
