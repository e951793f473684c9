package accounts.cache;

import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.User;
import accounts.store.Epochs;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TrustedCacheTest {

  private static final EntityKey<User> KEY = userKey("alice");
  private static final Lookup<User> ALICE = new Lookup.Found<>(user("alice"));

  private final InMemoryAccountCache memory = new InMemoryAccountCache();
  private final AtomicLong nanos = new AtomicLong();
  private final EpochLease lease = new EpochLease(Duration.ofNanos(100), nanos::get);
  private final AccountCache cache = new TrustedCache(memory, lease);

  @BeforeEach
  void knowEpochFive() {
    know(5);
  }

  private void know(long epoch) {
    lease.confirm(new Epochs(Collections.nCopies(Epochs.SHARDS, epoch)), nanos.get());
  }

  @Test
  void getAll_nothingThere_isMissAtTheKnownEpoch() {
    assertThat(get()).isEqualTo(new CacheAnswer.Miss(Stamp.NONE.atEpoch(5)));
  }

  @Test
  void getAll_filledAtTheKnownEpoch_isHit() {
    Stamp stamp = filled();

    assertThat(stamp.epoch()).isEqualTo(5);
    assertThat(get()).isEqualTo(new CacheAnswer.Hit(ALICE, stamp));
  }

  @Test
  void getAll_filledAtAnOlderEpoch_isMissAtTheKnown() {
    Stamp stamp = filled();
    know(6);

    assertThat(get()).isEqualTo(new CacheAnswer.Miss(stamp.atEpoch(6)));
  }

  // By an instance that knows more than this one; or before the epochs were lost with the table.
  @Test
  void getAll_filledAtALaterEpoch_isMissAtTheKnown() {
    Stamp stamp = filled();
    memory.fill(KEY, ALICE, stamp.atEpoch(9), scope()).join();

    assertThat(get()).isEqualTo(new CacheAnswer.Miss(stamp));
  }

  @Test
  void getAll_leaseLapsed_isUnavailable() {
    filled();
    nanos.set(100);

    assertThat(get()).isEqualTo(new CacheAnswer.Unavailable());
  }

  @Test
  void getAll_leaseLapsesDuringTheLook_isUnavailable() {
    filled();
    RecordingAccountCache slow = new RecordingAccountCache(memory);
    AccountCache trusted = new TrustedCache(slow, lease);
    slow.afterLook = () -> nanos.set(100);

    assertThat(trusted.getAll(List.of(KEY), scope()).join())
        .isEqualTo(Map.of(KEY, new CacheAnswer.Unavailable()));
  }

  @Test
  void getAll_cacheUnavailable_isUnavailable() {
    RecordingAccountCache away = new RecordingAccountCache(memory);
    away.away = true;

    assertThat(new TrustedCache(away, lease).getAll(List.of(KEY), scope()).join())
        .isEqualTo(Map.of(KEY, new CacheAnswer.Unavailable()));
  }

  /** Writers move generations on whether they know the epochs or not. */
  @Test
  void advance_leaseLapsed_isPassedOn() {
    Stamp stamp = filled();
    nanos.set(100);

    assertThat(cache.advance(KEY, stamp, scope()).join()).isInstanceOf(Advance.Alone.class);
  }

  private Stamp filled() {
    CacheAnswer.Miss miss = (CacheAnswer.Miss) get();
    Advance.Alone alone = (Advance.Alone) cache.start(KEY, miss.stamp(), scope()).join();
    cache.fill(KEY, ALICE, alone.stamp(), scope()).join();
    return alone.stamp();
  }

  private CacheAnswer get() {
    return Objects.requireNonNull(cache.getAll(List.of(KEY), scope()).join().get(KEY));
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
