package accounts.local.momento;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store bounded by weight, which evicts the least used items when it is full. */
final class MemoryStore implements Store {

  /** The overhead of an entry beside its bytes; a high estimate, so that the bound is safe. */
  private static final int OVERHEAD_BYTES = 200;

  private final Ticker ticker;
  private final Cache<ByteString, Item> items;

  MemoryStore(long maximumBytes, Ticker ticker) {
    this.ticker = ticker;
    this.items =
        Caffeine.newBuilder()
            .maximumWeight(maximumBytes)
            .weigher(MemoryStore::weight)
            .expireAfter(Expiry.<ByteString, Item>writing((key, item) -> remaining(item)))
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  private static int weight(ByteString key, Item item) {
    return Math.toIntExact(OVERHEAD_BYTES + key.size() + item.bytes());
  }

  private Duration remaining(Item item) {
    return Duration.ofNanos(Math.max(0, item.expiresAt() - ticker.read()));
  }

  @Override
  public @Nullable Item read(ByteString key, Duration lag) {
    return items.getIfPresent(key); // there is only one copy, the newest
  }

  @Override
  public <R> R change(ByteString key, Function<@Nullable Item, Change<R>> change) {
    AtomicReference<@Nullable Change<R>> made = new AtomicReference<>();
    items
        .asMap()
        .compute(
            key,
            (same, item) -> {
              Change<R> result = change.apply(item);
              made.set(result);
              return result.item();
            });
    return Objects.requireNonNull(made.get()).result();
  }

  @Override
  public Set<ByteString> keys() {
    return Set.copyOf(items.asMap().keySet());
  }

  @Override
  public void clear() {
    items.invalidateAll();
  }

  @Override
  public long now() {
    return ticker.read();
  }
}
