package accounts.cache;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.store.Epochs;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EpochLeaseTest {

  private static final Epochs LATER = new Epochs(Collections.nCopies(Epochs.SHARDS, 1L));

  private final AtomicLong nanos = new AtomicLong(1_000);
  private final EpochLease lease = new EpochLease(Duration.ofNanos(100), nanos::get);

  @Test
  void epochs_neverConfirmed_areEmpty() {
    assertThat(lease.epochs()).isEmpty();
  }

  @Test
  void epochs_withinTheLength_areWhatWasRead() {
    lease.confirm(LATER, 1_000);
    nanos.set(1_099);

    assertThat(lease.epochs()).contains(LATER);
  }

  @Test
  void epochs_atTheLength_areEmpty() {
    lease.confirm(LATER, 1_000);
    nanos.set(1_100);

    assertThat(lease.epochs()).isEmpty();
  }

  @Test
  void epochs_readTookLong_countFromWhenItBegan() {
    nanos.set(1_090);
    lease.confirm(LATER, 1_000);

    assertThat(lease.epochs()).contains(LATER);
    nanos.set(1_100);
    assertThat(lease.epochs()).isEmpty();
  }

  @Test
  void epochs_readTookLongerThanALease_areEmpty() {
    nanos.set(1_200);
    lease.confirm(LATER, 1_000);

    assertThat(lease.epochs()).isEmpty();
  }

  @Test
  void epochs_confirmedAgain_areTheLatter() {
    lease.confirm(Epochs.INITIAL, 1_000);
    lease.confirm(LATER, 1_050);
    nanos.set(1_149);

    assertThat(lease.epochs()).contains(LATER);
  }

  @Test
  void epochs_clockPassesItsEnd_areGoneByAllTheSame() {
    nanos.set(Long.MAX_VALUE);
    lease.confirm(LATER, Long.MAX_VALUE);
    nanos.set(Long.MIN_VALUE + 50);

    assertThat(lease.epochs()).contains(LATER);
    nanos.set(Long.MIN_VALUE + 99);
    assertThat(lease.epochs()).isEmpty();
  }
}
