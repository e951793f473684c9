package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RevisionTest {

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void new_negative_isRefused(long value) {
    assertThatThrownBy(() -> new Revision(value))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(value + " (expected: a revision, 0 or more)");
  }

  @Test
  void next_ofNone_isFirst() {
    assertThat(Revision.NONE.next()).isEqualTo(Revision.FIRST);
    assertThat(Revision.FIRST.previous()).isEqualTo(Revision.NONE);
  }

  @Test
  void next_ofGreatest_isRefusedRatherThanWrapped() {
    assertThatThrownBy(() -> new Revision(Long.MAX_VALUE).next())
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void previous_ofNone_isRefused() {
    assertThatThrownBy(Revision.NONE::previous).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void isBefore_olderNewerSame_isTrueForOlderAlone() {
    assertThat(new Revision(9).isBefore(new Revision(10))).isTrue();
    assertThat(new Revision(10).isBefore(new Revision(10))).isFalse();
    assertThat(new Revision(11).isBefore(new Revision(10))).isFalse();
  }

  @Test
  void compareTo_otherRevision_isByNumber() {
    assertThat(new Revision(9)).isLessThan(new Revision(10));
    assertThat(new Revision(10)).hasToString("10");
  }
}
