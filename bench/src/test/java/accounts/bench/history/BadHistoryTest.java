package accounts.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BadHistoryTest {

  @Test
  void print_staleRead_showsWhatLedToIt() {
    Script script = new Script().acknowledged(0, 1, 1).acknowledged(2, 4, 2).fresh(6, 7, 1);
    List<BadHistory.Note> notes = List.of(new BadHistory.Note(3_000_000, "cache flushed"));
    assertThat(BadHistory.print(script.violations.getFirst(), notes))
        .isEqualTo(
            """
            STALE on user olivia: a FRESH read returned revision 1, revision 2 was acknowledged before
                 sent       ended  instance
                   -6.0        -5.0  a          WRITE set v1: ACKNOWLEDGED, revision 1
                   -4.0        -2.0  a          WRITE set v2: ACKNOWLEDGED, revision 2
                   -3.0            -- cache flushed
            >       0.0         1.0  b          read FRESH: revision 1 "v1" from UNSTATED
            """);
  }
}
