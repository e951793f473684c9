package accounts.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class WitnessTest {

  @Test
  void rate_outputOfH2load_isItsRequestsPerSecond() {
    assertThat(Witness.rate("starting\nfinished in 2.00s, 81234.56 req/s, 9.87MB/s\nrequests: 1"))
        .isEqualTo(81_234.56);
  }

  @Test
  void rate_noRate_showsTheOutput() {
    assertThatThrownBy(() -> Witness.rate("could not connect"))
        .hasMessageContaining("could not connect");
  }
}
