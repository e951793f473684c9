package accounts.repair.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When an ownership may be taken, by a clock of the test's. */
final class OwnershipWatchTest {

  private static final Duration LENGTH = Duration.ofSeconds(3);

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final OwnershipWatch watch = new OwnershipWatch(LENGTH, clock::get);
  private final ShardOwnership ownership = ShardOwnership.first("other");

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void isFree_counterStandsStillForTheLength_isFree() {
    assertThat(watch.isFree("s", ownership)).isFalse();
    pass(LENGTH.minusNanos(1));
    assertThat(watch.isFree("s", ownership)).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(watch.isFree("s", ownership)).isTrue();
  }

  @Test
  void isFree_counterMoved_countsFromThen() {
    watch.isFree("s", ownership);
    pass(LENGTH);
    ShardOwnership renewed = ownership.renewed(Optional.empty());
    assertThat(watch.isFree("s", renewed)).isFalse();
    pass(LENGTH.minusNanos(1));
    assertThat(watch.isFree("s", renewed)).isFalse();
  }

  @Test
  void isFree_noOwner_isFreeAtOnce() {
    assertThat(watch.isFree("s", ownership.released(Optional.empty()))).isTrue();
  }

  @Test
  void retain_shardGone_forgetsWhenItWasSeen() {
    watch.isFree("s", ownership);
    pass(LENGTH);
    watch.retain(List.of("t"));
    assertThat(watch.isFree("s", ownership)).isFalse();
  }

  @Test
  void silence_ownerLives_isSinceItsLastSign() {
    watch.silence("s", Optional.of(ownership));
    pass(LENGTH.dividedBy(2));
    ShardOwnership renewed = ownership.renewed(Optional.empty());
    assertThat(watch.silence("s", Optional.of(renewed))).isZero();
    pass(LENGTH.minusNanos(1));
    assertThat(watch.isAttended(watch.silence("s", Optional.of(renewed)))).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(watch.isAttended(watch.silence("s", Optional.of(renewed)))).isFalse();
  }

  @Test
  void silence_ownerGaveItUp_isSinceItsLastSign() {
    watch.silence("s", Optional.of(ownership));
    pass(LENGTH.dividedBy(2));
    Optional<ShardOwnership> released = Optional.of(ownership.released(Optional.empty()));
    assertThat(watch.silence("s", released)).isEqualTo(LENGTH.dividedBy(2));
  }

  @Test
  void silence_nobodyEverReadIt_isSinceItWasFirstSeen() {
    assertThat(watch.silence("s", Optional.empty())).isZero();
    pass(LENGTH);
    assertThat(watch.silence("s", Optional.empty())).isEqualTo(LENGTH);
  }
}
