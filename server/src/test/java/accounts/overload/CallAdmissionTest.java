package accounts.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallAdmissionTest {

  private final Map<Priority, Integer> limits =
      new EnumMap<>(Map.of(Priority.BATCH, 12, Priority.READ, 320, Priority.CHANGE, 400));
  private final List<Priority> shed = new ArrayList<>();
  private final List<CallAdmission.Place> places = new ArrayList<>();
  private final CallAdmission admission = new CallAdmission(limits::get, shed::add);

  @ParameterizedTest
  @CsvSource({"BATCH, 12", "READ, 320", "CHANGE, 400"})
  void admit_manyCallersOfOnePriority_upToItsLimit(Priority priority, int most) {
    int admitted = 0;
    while (isAdmitted("caller-" + admitted, priority, 1)) {
      admitted++;
    }

    assertThat(admitted).isEqualTo(most);
    assertThat(admission.units()).isEqualTo(most);
    assertThat(shed).containsExactly(priority);
  }

  @Test
  void admit_oneCallerAlone_leavesRoomForAnother() {
    int admitted = 0;
    while (isAdmitted("greedy", Priority.READ, 1)) {
      admitted++;
    }

    assertThat(admitted).isEqualTo(280);
    assertThat(isAdmitted("polite", Priority.READ, 1)).isTrue();
  }

  @Test
  void admit_greedyCallerOfFive_othersGetTheirShares() {
    Queue<CallAdmission.Place> ofGreedy = new ArrayDeque<>();
    int[] ofOthers = new int[4];
    for (int round = 0; round < 300; round++) {
      while (isAdmitted("greedy", Priority.READ, 1)) {
        ofGreedy.add(places.getLast());
      }
      for (int other = 0; other < ofOthers.length; other++) {
        ofOthers[other] += isAdmitted("polite-" + other, Priority.READ, 1) ? 1 : 0;
      }
      ofGreedy.remove().end();
    }

    assertThat(ofOthers).containsOnly(56);
  }

  @Test
  void admit_whatCostsMoreThanTheLimit_isShed() {
    assertThat(isAdmitted("caller", Priority.BATCH, 13)).isFalse();
    assertThat(isAdmitted("caller", Priority.BATCH, 12)).isTrue();
  }

  @Test
  void admit_batchesBesideManyReads_areShed() {
    for (int i = 0; i < 29; i++) {
      isAdmitted("reader-" + i, Priority.READ, 1);
    }

    assertThat(isAdmitted("caller", Priority.BATCH, 2)).isFalse();
    assertThat(isAdmitted("caller", Priority.BATCH, 1)).isTrue();
  }

  @Test
  void admit_batchesBesideReads_haveALimitOfTheirOwn() {
    for (int i = 0; i < 15; i++) {
      isAdmitted("reader-" + i, Priority.READ, 1);
    }
    int admitted = 0;
    while (isAdmitted("caller-" + admitted, Priority.BATCH, 1)) {
      admitted++;
    }

    assertThat(admitted).isEqualTo(12);
  }

  @Test
  void admit_greedyCallerOfBatches_getsHalfAndLeavesTheRestToOthers() {
    int admitted = 0;
    while (isAdmitted("greedy", Priority.BATCH, 1)) {
      admitted++;
    }

    assertThat(admitted).isEqualTo(5);
    assertThat(isAdmitted("polite", Priority.BATCH, 1)).isTrue();
  }

  @Test
  void requireRoom_oneUnitWouldFit_admitsNothingAndShedsNothing() {
    admission.requireRoom("caller", Priority.BATCH, 1);

    assertThat(admission.units()).isZero();
    assertThat(shed).isEmpty();
  }

  @Test
  void requireRoom_full_sheds() {
    for (int i = 0; i < 12; i++) {
      places.add(admission.admit("caller-" + i, Priority.BATCH, 1));
    }

    assertThatThrownBy(() -> admission.requireRoom("caller-0", Priority.BATCH, 1))
        .isInstanceOf(AccountException.class);
    assertThat(shed).containsExactly(Priority.BATCH);
    admission.requireRoom("caller-0", Priority.READ, 1);
  }

  @Test
  void admit_shed_isOverloadedAndNamesARetryDelay() {
    limits.put(Priority.CHANGE, 0);

    assertThatThrownBy(() -> admission.admit("caller", Priority.CHANGE, 1))
        .isInstanceOfSatisfying(
            AccountException.class,
            e ->
                assertThat(e.error())
                    .isInstanceOfSatisfying(
                        Overloaded.class,
                        overloaded -> assertThat(overloaded.retryAfter()).isPositive()));
  }

  @Test
  void end_once_givesThePlaceBackOnce() {
    CallAdmission.Place first = admission.admit("a", Priority.READ, 4);
    CallAdmission.Place second = admission.admit("a", Priority.READ, 2);

    first.end();
    first.end();

    assertThat(admission.units()).isEqualTo(2);
    second.end();
    assertThat(admission.units()).isZero();
    assertThat(admission.held()).isZero();
  }

  @Test
  void answered_responsesNotRead_countForTheirCallerOnly() {
    for (int i = 0; i < 320; i++) {
      if (isAdmitted("reads-nothing", Priority.READ, 1)) {
        places.getLast().answered();
        places.getLast().answered();
      }
    }

    assertThat(admission.units()).isZero();
    assertThat(admission.held()).isEqualTo(320);
    for (int i = 0; i < 80; i++) {
      assertThat(isAdmitted("busy", Priority.READ, 1)).isTrue();
    }
    assertThat(isAdmitted("reads-nothing", Priority.READ, 1)).isFalse();
    assertThat(isAdmitted("polite", Priority.READ, 1)).isTrue();
  }

  @Test
  void admit_afterAllEnded_startsAnew() {
    for (int i = 0; i < 40; i++) {
      places.add(admission.admit("greedy", Priority.READ, 1));
    }
    places.forEach(CallAdmission.Place::end);

    assertThat(isAdmitted("greedy", Priority.READ, 40)).isTrue();
  }

  private boolean isAdmitted(String caller, Priority priority, int cost) {
    try {
      places.add(admission.admit(caller, priority, cost));
      return true;
    } catch (AccountException shed) {
      return false;
    }
  }
}
