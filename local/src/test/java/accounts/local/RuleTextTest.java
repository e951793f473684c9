package accounts.local;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import accounts.local.faults.RuleText;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RuleTextTest {

  @Test
  void parse_everything_isAsWritten() {
    Rule rule =
        RuleText.parse(
            "error-after rpc=Get,Set client=b probability=0.5 limit=7 delay=2s jitter=30ms"
                + " code=aborted cause=x per-second=9");

    assertThat(rule)
        .isEqualTo(
            Rule.of(Fault.ERROR_AFTER)
                .rpcs("Get", "Set")
                .clients("b")
                .probability(0.5)
                .limit(7)
                .delay(Duration.ofSeconds(2), Duration.ofMillis(30))
                .status(Status.Code.ABORTED, "x")
                .perSecond(9));
    assertThat(RuleText.parse(RuleText.format(rule))).isEqualTo(rule);
  }

  @Test
  void format_usualValues_areLeftOut() {
    assertThat(RuleText.format(RuleText.parse("drop"))).isEqualTo("drop");
  }
}
