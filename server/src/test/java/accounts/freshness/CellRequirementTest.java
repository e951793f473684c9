package accounts.freshness;

import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.cache.Cell;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.PersonName;
import accounts.domain.Revision;
import accounts.domain.Samples;
import accounts.domain.User;
import accounts.freshness.CellRequirement.AtLeast;
import accounts.freshness.CellRequirement.Committed;
import accounts.freshness.CellRequirement.Recorded;
import accounts.freshness.CellRequirement.Unknown;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CellRequirementTest {

  private static final long EPOCH = 7;
  private static final User FIRST = user("alice");
  private static final User SECOND = renamed(FIRST);
  private static final User THIRD = renamed(SECOND);
  private static final Lookup<User> ANSWER = new Lookup.Found<>(SECOND);

  private static final Cell OLDER = value(EPOCH, FIRST);
  private static final Cell SAME = value(EPOCH, SECOND);
  private static final Cell SAME_OF_ANOTHER_EPOCH = value(EPOCH - 1, SECOND);
  private static final Cell LATER = value(EPOCH, THIRD);
  private static final Cell SAME_REVISION_ANOTHER_ANSWER =
      value(
          EPOCH,
          FIRST.updated(
              new PersonName("Other"), FIRST.lastName(), FIRST.labels(), Samples.CHANGED));
  private static final Cell OTHER_FORMAT_OLDER = new Cell.OtherFormat(EPOCH, new Revision(1));
  private static final Cell OTHER_FORMAT_SAME = new Cell.OtherFormat(EPOCH, new Revision(2));
  private static final Cell OTHER_FORMAT_LATER = new Cell.OtherFormat(EPOCH, new Revision(3));
  private static final Cell LOADING = new Cell.Loading();
  private static final Cell INVALID = new Cell.Invalid();
  private static final Cell UNREADABLE = new Cell.Unreadable();

  private static final List<Cell> ALL =
      List.of(
          OLDER,
          SAME,
          SAME_OF_ANOTHER_EPOCH,
          LATER,
          SAME_REVISION_ANOTHER_ANSWER,
          OTHER_FORMAT_OLDER,
          OTHER_FORMAT_SAME,
          OTHER_FORMAT_LATER,
          LOADING,
          INVALID,
          UNREADABLE);

  private static Cell value(long epoch, User user) {
    return new Cell.Value(epoch, new Lookup.Found<>(user));
  }

  static Stream<Arguments> requirements() {
    List<Cell> thisRevisionOrLater =
        List.of(
            SAME,
            SAME_OF_ANOTHER_EPOCH,
            LATER,
            SAME_REVISION_ANOTHER_ANSWER,
            OTHER_FORMAT_SAME,
            OTHER_FORMAT_LATER);
    return Stream.of(
        Arguments.of(new Committed(ANSWER, EPOCH), thisRevisionOrLater),
        Arguments.of(new AtLeast(new Revision(2)), thisRevisionOrLater),
        Arguments.of(
            new Recorded(ANSWER, true),
            List.of(SAME, SAME_OF_ANOTHER_EPOCH, LATER, OTHER_FORMAT_LATER)),
        // Changed out-of-band: a later revision may well be an earlier answer.
        Arguments.of(new Recorded(ANSWER, false), List.of(SAME, SAME_OF_ANOTHER_EPOCH)),
        Arguments.of(new Unknown(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("requirements")
  void isMetBy_everyCell_isTrueForThese(CellRequirement requirement, List<Cell> met) {
    assertThat(ALL).filteredOn(requirement::isMetBy).containsExactlyInAnyOrderElementsOf(met);
  }

  @Test
  void replacement_committed_isTheAnswerUnderItsEpoch() {
    assertThat(new Committed(ANSWER, EPOCH).replacement()).isEqualTo(SAME);
  }

  // A load or an invalidation may be due to a later commit, of which this is not the answer.
  @Test
  void replacementOf_committed_isTheAnswerOnlyWhereThereIsAnOlderOne() {
    CellRequirement committed = new Committed(ANSWER, EPOCH);

    assertThat(List.of(OLDER, OTHER_FORMAT_OLDER))
        .extracting(committed::replacementOf)
        .containsOnly(SAME);
    assertThat(List.of(LOADING, INVALID, UNREADABLE))
        .extracting(committed::replacementOf)
        .containsOnly(INVALID);
  }

  @Test
  void replacementOf_answerUnknown_isInvalid() {
    for (CellRequirement requirement :
        List.of(new AtLeast(new Revision(2)), new Recorded(ANSWER, true), new Unknown())) {
      assertThat(requirement.replacement()).isEqualTo(INVALID);
      assertThat(ALL).extracting(requirement::replacementOf).containsOnly(INVALID);
    }
  }

  @Test
  void isMetBy_absences_goByTheirRevisions() {
    Cell removed = new Cell.Value(EPOCH, new Lookup.Absent<Membership>(new Revision(3)));

    assertThat(new AtLeast(new Revision(3)).isMetBy(removed)).isTrue();
    assertThat(new AtLeast(new Revision(4)).isMetBy(removed)).isFalse();
  }
}
