package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.bench.harness.Detection;
import org.junit.jupiter.api.Test;

final class MutantsTest {

  @Test
  void of_everyMutantWithAScenario_returnsItsParts() {
    assertThat(Detection.names())
        .allSatisfy(name -> assertThat(Mutants.of(name)).isNotExactlyInstanceOf(Parts.class));
  }

  @Test
  void of_unknownName_listsTheKnownNames() {
    assertThatThrownBy(() -> Mutants.of("tutorials"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("tutorials", "tutorial", "plain-set-fill");
  }
}
