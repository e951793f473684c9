package accounts.overload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SharesTest {

  private static final int LIMIT = 80;

  @Test
  void fits_callerAlone_getsAllButTheNextOnesPart() {
    assertThat(most(new Shares(1))).isEqualTo(70);
  }

  @Test
  void fits_callerAloneWhereSharesAreAsOfTwo_getsHalfOfThat() {
    assertThat(most(new Shares(2))).isEqualTo(35);
  }

  @Test
  void fits_asManyCallersAsSharesAreOf_changesNothing() {
    Shares shares = new Shares(2);
    shares.take("b", 20);
    shares.take("c", 1);
    shares.take("a", 1);

    assertThat(shares.fits("a", 22, LIMIT)).isTrue();
    assertThat(shares.fits("a", 23, LIMIT)).as("a third of 70").isFalse();
  }

  /** Takes single units until there is no more. */
  private static int most(Shares shares) {
    int taken = 0;
    while (shares.fits("a", 1, LIMIT)) {
      shares.take("a", 1);
      taken++;
    }
    return taken;
  }
}
