package accounts.local.momento;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The items of one cache. Safe for any thread. */
interface Store {

  /** Returns what the key held {@code lag} ago, null if nothing or expired by now. */
  @Nullable Item read(ByteString key, Duration lag);

  /**
   * Replaces what the key holds by what {@code change} makes of it; no other change of that key
   * comes between. If it throws, nothing changes.
   *
   * @return the change's result
   */
  <R> R change(ByteString key, Function<@Nullable Item, Change<R>> change);

  /** Returns the keys that hold something at this moment. */
  Set<ByteString> keys();

  /** Forgets everything. */
  void clear();

  /** Returns the reading of the ticker from which items count their time. */
  long now();

  /** Returns the end of something that is to live from now on. */
  default long endAfter(Duration ttl) {
    return now() + ttl.toNanos();
  }
}
