package accounts.local.momento;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store with replicas that lag behind: remembers for a while what was replaced, while there is
 * somebody who may ask for it.
 */
final class ReplicatedStore implements Store {

  private final Store newest;
  private final History history;
  private final BooleanSupplier lagging;

  /**
   * Wraps the newest copy.
   *
   * @param lagging says whether reads may come that want to see the past
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
    Version version = history.at(key, now() - lag.toNanos());
    return version == null ? newest.read(key, Duration.ZERO) : live(version.item());
  }

  /** Replicas know the time: what has expired is not to be seen on any. */
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
