package accounts.bench.history;

import static accounts.bench.history.Consistency.BOUNDED;
import static accounts.bench.history.Consistency.FRESH;
import static accounts.bench.history.Consistency.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.bench.history.Violation.Rule;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeyHistoryTest {

  private final Script script = new Script();

  @Test
  void read_ofLastAcknowledged_isFine() {
    script.fresh(0, 1, 0).acknowledged(2, 4, 1).fresh(5, 6, 1);
    script.acknowledged(7, 9, 2).fresh(10, 11, 2);
    assertThat(script.violations).isEmpty();
  }

  @Test
  void read_olderThanAcknowledged_isStale() {
    script.acknowledged(0, 1, 1).acknowledged(2, 4, 2).fresh(5, 6, 1);
    assertThat(script.broken()).containsExactly(Rule.STALE);
  }

  @Test
  void read_sentBeforeTheAcknowledgement_mayMissIt() {
    script.acknowledged(0, 1, 1).acknowledged(2, 6, 2).fresh(5, 7, 1).fresh(6, 8, 1);
    assertThat(script.violations).isEmpty();
  }

  @Test
  void read_absenceAfterCreation_isStale() {
    script.fresh(0, 1, 0).acknowledged(2, 4, 1).fresh(5, 6, 0);
    assertThat(script.broken()).containsExactly(Rule.STALE);
  }

  @Test
  void read_bounded_mayBeOldWithinTheBound() {
    script.acknowledged(0, 1, 1).acknowledged(10, 20, 2).read(BOUNDED, 1020, 1021, 1);
    assertThat(script.violations).isEmpty();
  }

  @Test
  void read_boundedBeyondTheBound_isStale() {
    script.acknowledged(0, 1, 1).acknowledged(10, 20, 2).read(BOUNDED, 1021, 1022, 1);
    assertThat(script.broken()).containsExactly(Rule.STALE);
  }

  @Test
  void read_backBehindAnUnknownWriteWithinTheWindow_isCounted() {
    script.acknowledged(0, 1, 1).unknown(2, 3).fresh(4, 5, 2).fresh(6, 7, 1);
    assertThat(script.violations).isEmpty();
    assertThat(script.history.flipBacks()).isEqualTo(1);
  }

  @Test
  void read_backBehindAnUnknownWriteAfterTheWindow_isAViolation() {
    script.acknowledged(0, 1, 1).unknown(2, 3).fresh(4, 5, 2).fresh(5006, 5007, 1);
    assertThat(script.broken()).containsExactly(Rule.FLIPPED_BACK);
  }

  @Test
  void read_fromTheStoreBackBehindAnother_isAViolation() {
    script.acknowledged(0, 1, 1).unknown(2, 3).fresh(4, 5, 2).read(STORE, 6, 7, 1);
    assertThat(script.broken()).containsExactly(Rule.FLIPPED_BACK);
  }

  @Test
  void read_missingAnOutOfBandChange_isAViolationAfterTheWindow() {
    script.acknowledged(0, 1, 1).write(2, 3, Outcome.OUT_OF_BAND, 2, "v2");
    script.fresh(4, 5, 1).fresh(5004, 5005, 1);
    assertThat(script.broken()).containsExactly(Rule.FLIPPED_BACK);
  }

  @Test
  void read_aboveAllAttempts_isFromNowhere() {
    script.acknowledged(0, 1, 1).fresh(2, 3, 2);
    assertThat(script.broken()).containsExactly(Rule.FROM_NOWHERE);
  }

  @Test
  void read_otherContentOfARevision_contradicts() {
    script.acknowledged(0, 1, 1);
    script.read(FRESH, 0, 2, 3, new Answer(1, "other", Source.CACHE, Optional.empty()));
    assertThat(script.broken()).containsExactly(Rule.CONTRADICTION);
  }

  @Test
  void write_acknowledgedForATakenRevision_contradicts() {
    script.acknowledged(0, 1, 1).write(2, 3, Outcome.ACKNOWLEDGED, 1, "other");
    assertThat(script.broken()).containsExactly(Rule.CONTRADICTION);
  }

  @Test
  void read_belowItsMinimum_isAViolation() {
    script.acknowledged(0, 1, 1).unknown(2, 3);
    script.read(FRESH, 2, 4, 5, Script.answer(1));
    assertThat(script.broken()).containsExactly(Rule.BELOW_MINIMUM);
  }

  @Test
  void read_freshFromTheNearCache_isAViolation() {
    script.acknowledged(0, 1, 1);
    Optional<Duration> age = Optional.of(Duration.ZERO);
    script.read(FRESH, 0, 2, 3, new Answer(1, "v1", Source.NEAR_CACHE, age));
    assertThat(script.broken()).containsExactly(Rule.SOURCE);
  }

  @Test
  void read_ofTheStoreFromTheCache_isAViolation() {
    script.acknowledged(0, 1, 1);
    script.read(STORE, 0, 2, 3, new Answer(1, "v1", Source.CACHE, Optional.empty()));
    assertThat(script.broken()).containsExactly(Rule.SOURCE);
  }

  @Test
  void age_longerThanTheRead_isAViolation() {
    script.acknowledged(0, 1, 1).aged(FRESH, 2, 10, 1, 20);
    assertThat(script.broken()).containsExactly(Rule.AGE);
  }

  @Test
  void age_thatWouldShowAMissingWrite_isAViolation() {
    script.acknowledged(0, 1, 1).acknowledged(2, 10, 2).aged(BOUNDED, 500, 501, 1, 100);
    assertThat(script.broken()).containsExactly(Rule.AGE);
  }

  @Test
  void write_acknowledgedLate_doesNotLowerWhatIsOwed() {
    script.acknowledged(0, 1, 1).acknowledged(3, 4, 3).acknowledged(2, 9, 2).fresh(10, 11, 2);
    assertThat(script.broken()).containsExactly(Rule.STALE);
  }

  @Test
  void notListed_acknowledgedBefore_isStale() {
    script.acknowledged(0, 1, 1).notListed(2, 3);
    assertThat(script.broken()).containsExactly(Rule.STALE);
  }

  @Test
  void notListed_sentBeforeTheAcknowledgement_isFine() {
    script.acknowledged(0, 3, 1).notListed(2, 4);
    assertThat(script.violations).isEmpty();
  }

  @Test
  void notListed_seenBefore_flippedBack() {
    script.unknown(0, 1).fresh(2, 3, 1).notListed(4, 5);
    assertThat(script.broken()).containsExactly(Rule.FLIPPED_BACK);
  }

  @Test
  void notListed_neverWrittenOrRemoved_isFine() {
    script.notListed(0, 1).acknowledged(2, 3, 1).removed(4, 5, 2).notListed(6, 7);
    assertThat(script.violations).isEmpty();
  }

  @Test
  void notListed_removalInFlight_isFine() {
    script.acknowledged(0, 1, 1).sent(2, Answer.ABSENT).notListed(3, 4);
    assertThat(script.violations).isEmpty();
  }

  @Test
  void notListed_anotherChangeInFlight_isStale() {
    script.acknowledged(0, 1, 1).sent(2, "v2").notListed(3, 4);
    assertThat(script.broken()).containsExactly(Rule.STALE);
  }

  @Test
  void notListed_removalWithUnknownOutcome_isFineWhileItMayStillTakeEffect() {
    script.acknowledged(0, 1, 1).write(2, 3, Outcome.UNKNOWN, 0, Answer.ABSENT);
    script.notListed(4, 5);
    assertThat(script.violations).isEmpty();
    script.notListed(10_004, 10_005);
    assertThat(script.broken()).containsExactly(Rule.STALE);
  }

  @Test
  void notListed_removalRefused_isStale() {
    script.acknowledged(0, 1, 1).write(2, 3, Outcome.REFUSED, 0, Answer.ABSENT);
    script.notListed(4, 5);
    assertThat(script.broken()).containsExactly(Rule.STALE);
  }

  @Test
  void notListed_filteredByWhatItContains_isStale() {
    script.acknowledged(0, 1, 1).notListed(2, 3, "v1"::equals);
    assertThat(script.broken()).containsExactly(Rule.STALE);
  }

  @Test
  void notListed_filteredByWhatItDoesNotContain_isFine() {
    script.acknowledged(0, 1, 1).acknowledged(2, 3, 2).notListed(4, 5, "v1"::equals);
    assertThat(script.violations).isEmpty();
  }

  @Test
  void read_withoutWhatAnAcknowledgedWriteNeeds_isReliedOn() {
    script.unknown(0, 1).reliedOn(2).fresh(3, 4, 0);
    assertThat(script.broken()).containsExactly(Rule.RELIED_ON);
  }

  @Test
  void read_ofWhatAnAcknowledgedWriteNeeds_isFine() {
    script.unknown(0, 1).fresh(1, 3, 0).reliedOn(2).fresh(3, 4, 1);
    assertThat(script.violations).isEmpty();
  }

  @Test
  void read_boundedWithoutWhatAWriteNeeds_isReliedOnBeyondTheBound() {
    script.unknown(0, 1).reliedOn(2).read(BOUNDED, 1002, 1003, 0).read(BOUNDED, 1003, 1004, 0);
    assertThat(script.broken()).containsExactly(Rule.RELIED_ON);
  }

  @Test
  void highest_shownByAnyReadOrAcknowledgement_isKept() {
    script.acknowledged(0, 1, 1).unknown(2, 3).unknown(2, 3);
    assertThat(script.history.highest()).isEqualTo(1);
    script.read(BOUNDED, 4, 5, 2).fresh(6, 7, 1);
    assertThat(script.history.highest()).isEqualTo(2);
    script.write(8, 9, Outcome.ACKNOWLEDGED, 3, "v3");
    assertThat(script.history.highest()).isEqualTo(3);
  }
}
