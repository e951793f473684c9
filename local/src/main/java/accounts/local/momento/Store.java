package accounts.local.momento;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The items of one cache. Safe for any thread. */
interface Store {

  /**
   * Returns the item that the key held {@code lag} ago; null if there was none or it has expired
   * since.
   */
  @Nullable Item read(ByteString key, Duration lag);

  /**
   * Changes the item of a key atomically. If {@code change} throws, nothing changes.
   *
   * @return the change's result
   */
  <R> R change(ByteString key, Function<@Nullable Item, Change<R>> change);

  /** Returns the keys that have an item now. */
  Set<ByteString> keys();

  /** Removes all items. */
  void clear();

  /** Returns the current reading of the ticker by which items expire. */
  long now();

  /** Returns the expiry of an item whose TTL starts now. */
  default long endAfter(Duration ttl) {
    return now() + ttl.toNanos();
  }
}
