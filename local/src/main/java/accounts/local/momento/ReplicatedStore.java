package accounts.local.momento;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store with lagging replicas, which keeps replaced items for a while if reads with a lag are
 * possible.
 */
final class ReplicatedStore implements Store {

  private final Store newest;
  private final History history;
  private final BooleanSupplier lagging;

  /**
   * Wraps the newest copy.
   *
   * @param lagging returns whether reads with a lag are possible
   */
  ReplicatedStore(Store newest, BooleanSupplier lagging) {
    this.newest = newest;
    this.history = new History(newest::now);
    this.lagging = lagging;
  }

  @Override
  public @Nullable Item read(ByteString key, Duration lag) {
    if (!lag.isPositive()) {
      return newest.read(key, lag);
    }
    PastVersion version = history.at(key, now() - lag.toNanos());
    return version == null ? newest.read(key, Duration.ZERO) : live(version.item());
  }

  /** Expired items are not visible on any replica. */
  private @Nullable Item live(@Nullable Item item) {
    return item != null && item.expiresAt() - now() > 0 ? item : null;
  }

  @Override
  public <R> R change(ByteString key, Function<@Nullable Item, Change<R>> change) {
    return newest.change(
        key,
        item -> {
          Change<R> made = change.apply(item);
          if (lagging.getAsBoolean() && !Objects.equals(made.item(), item)) {
            history.replaced(key, item);
          }
          return made;
        });
  }

  @Override
  public Set<ByteString> keys() {
    return newest.keys();
  }

  @Override
  public void clear() {
    newest.clear();
    history.clear();
  }

  @Override
  public long now() {
    return newest.now();
  }
}
