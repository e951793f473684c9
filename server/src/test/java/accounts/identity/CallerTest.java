package accounts.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import accounts.domain.AccountError.ScopeRequired;
import accounts.domain.AccountException;
import accounts.domain.Username;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CallerTest {

  private static final Username OLIVIA = new Username("olivia");
  private static final Username VICTOR = new Username("victor");

  private final Caller service =
      new Caller("billing", Optional.empty(), Set.of(Scope.READ, Scope.ACT_AS));
  private final Caller person =
      new Caller("u-1", Optional.of(OLIVIA), Set.of(Scope.WRITE, Scope.ACT_AS));

  @Test
  void require_scopeThatItHas_passes() {
    assertThatCode(() -> service.require(Scope.READ)).doesNotThrowAnyException();
  }

  @Test
  void require_scopeThatItLacks_isRefused() {
    assertThat(catchThrowableOfType(AccountException.class, () -> service.require(Scope.WRITE)))
        .extracting(AccountException::error)
        .isEqualTo(new ScopeRequired("accounts.write", Optional.empty()));
  }

  @Test
  void requireToActAs_serviceWithScope_mayBeAnyone() {
    assertThatCode(() -> service.requireToActAs(VICTOR)).doesNotThrowAnyException();
  }

  @Test
  void requireToActAs_serviceWithoutScope_mayBeNobody() {
    assertRefused(new Caller("report", Optional.empty(), Set.of(Scope.WRITE)));
  }

  @Test
  void requireToActAs_person_mayBeItselfOnly() {
    assertThatCode(() -> person.requireToActAs(OLIVIA)).doesNotThrowAnyException();
    assertRefused(person);
  }

  private static void assertRefused(Caller caller) {
    assertThat(catchThrowableOfType(AccountException.class, () -> caller.requireToActAs(VICTOR)))
        .extracting(AccountException::error)
        .isEqualTo(new ScopeRequired("accounts.act-as", Optional.of(VICTOR)));
  }
}
