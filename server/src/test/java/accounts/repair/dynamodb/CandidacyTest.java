package accounts.repair.dynamodb;

import static accounts.repair.dynamodb.RepairWorld.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.ManualTimer;
import accounts.repair.dynamodb.Candidacy.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which instances may read the stream, by a clock of the test's. */
final class CandidacyTest {

  private static final Duration ROUND = Duration.ofMillis(500);
  private static final Round FINE = new Round(true, true, false);
  private static final Round CUT_OFF = new Round(false, true, false);
  private static final Round CUT_OFF_AND_ASKED = new Round(false, true, true);

  private final RepairWorld world = new RepairWorld();
  private final ManualTimer timer = new ManualTimer();
  private final CandidateTable table = new CandidateTable(world.client, world.table, TIMEOUT);

  private Candidacy instance(String name) {
    return new Candidacy(table, name, Duration.ofSeconds(1), timer::nanoTime, new Random(7));
  }

  private List<Candidacy> instances(int number) {
    List<Candidacy> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      all.add(instance("i" + i));
    }
    return all;
  }

  private static Optional<Boolean> pass(Candidacy instance, Round round) {
    return instance.pass(round).join();
  }

  private static void pass(List<Candidacy> instances) {
    instances.forEach(instance -> pass(instance, FINE));
  }

  private static long candidates(List<Candidacy> instances) {
    return instances.stream().filter(Candidacy::isCandidate).count();
  }

  @Test
  void pass_fewInstances_allAreCandidates() {
    List<Candidacy> instances = instances(3);
    pass(instances);

    assertThat(candidates(instances)).isEqualTo(3);
    assertThat(table.read().join()).hasSize(3);
  }

  @Test
  void pass_manyInstances_sixteenAreCandidates() {
    List<Candidacy> instances = instances(20);
    pass(instances);
    timer.advance(ROUND);
    pass(instances);

    assertThat(candidates(instances)).isEqualTo(16);
  }

  @Test
  void pass_candidateDies_anotherTakesItsSlot() {
    List<Candidacy> instances = instances(17);
    pass(instances);
    List<Candidacy> living = instances.subList(1, 17);
    for (int i = 0; i < 41; i++) {
      timer.advance(ROUND);
      pass(living);
    }

    assertThat(candidates(living)).isEqualTo(16);
    pass(instances.getFirst(), FINE);
    assertThat(instances.getFirst().isCandidate()).isFalse();
  }

  @Test
  void pass_cutOff_leavesItsSlotAndTakesNone() {
    Candidacy instance = instance("i0");
    pass(instance, FINE);
    pass(instance, CUT_OFF);
    timer.advance(Candidacy.PASSIVE);
    pass(instance, CUT_OFF);

    assertThat(instance.isCandidate()).isFalse();
    assertThat(table.read().join()).isEmpty();
    timer.advance(ROUND);
    pass(instance, FINE);
    assertThat(instance.isCandidate()).isTrue();
  }

  @Test
  void pass_asked_tellsWhatLivingCandidatesSee() {
    Candidacy candidate = instance("i0");
    pass(candidate, FINE);
    timer.advance(Duration.ofSeconds(1));
    pass(candidate, FINE);
    Candidacy cutOff = instance("i1");
    assertThat(pass(cutOff, CUT_OFF_AND_ASKED)).contains(true);
    timer.advance(ROUND);
    assertThat(pass(cutOff, CUT_OFF)).isEmpty();
    timer.advance(Candidacy.PASSIVE);

    assertThat(pass(cutOff, CUT_OFF_AND_ASKED)).contains(false);
  }

  @Test
  void pass_candidateSeesShardsWithoutOwner_isNotActive() {
    Candidacy candidate = instance("i0");
    pass(candidate, FINE);
    timer.advance(Duration.ofSeconds(1));
    pass(candidate, new Round(true, false, false));

    assertThat(pass(instance("i1"), CUT_OFF_AND_ASKED)).contains(false);
  }

  @Test
  void pass_answerToItsClaimLost_takesThatSlotAgain() {
    table.take(5, Optional.empty(), "i0").join();
    Candidacy instance = instance("i0");
    pass(instance, FINE);

    assertThat(instance.isCandidate()).isTrue();
    assertThat(table.read().join()).containsOnlyKeys(5);
  }

  @Test
  void release_candidate_leavesItsSlot() {
    Candidacy instance = instance("i0");
    pass(instance, FINE);
    instance.release().join();

    assertThat(table.read().join()).isEmpty();
    assertThat(instance.isCandidate()).isFalse();
  }
}
