package accounts.local.momento;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cache as seen by one call, possibly through a lagging replica. */
record CacheView(Store store, Duration lag) {

  @Nullable Item read(ByteString key) {
    return store.read(key, lag);
  }

  /** Changes an item as {@link Store#change} does, and checks the item limit. */
  <R> R change(ByteString key, Function<@Nullable Item, Change<R>> change) {
    return store.change(key, item -> checked(key, change.apply(item)));
  }

  /** Returns a scalar whose TTL starts now. */
  Scalar scalar(ByteString value, Duration ttl) {
    return new Scalar(value, store.endAfter(ttl));
  }

  private static <R> Change<R> checked(ByteString key, Change<R> change) {
    @Nullable Item item = change.item();
    if (item != null) {
      Limits.item(key, item.bytes());
    }
    return change;
  }
}
