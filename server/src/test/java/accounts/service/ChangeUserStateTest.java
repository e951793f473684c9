package accounts.service;

import static accounts.service.Seen.NOW;
import static accounts.service.Seen.OLIVIA;
import static accounts.service.Seen.proceed;
import static accounts.service.Seen.refuse;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.AccountError.RevisionMismatch;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.store.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ChangeUserStateTest {

  private static final User ACTIVE = Seen.user(OLIVIA); // at revision 5
  private static final User SUSPENDED = Seen.suspended(OLIVIA); // at revision 6

  @Test
  void decide_suspendActive_isTheNextRevisionWithTheSameNames() {
    User then = ACTIVE.inState(UserState.SUSPENDED, NOW);

    assertThat(Seen.nothing().with(ACTIVE).decide(to(UserState.SUSPENDED, 0)))
        .isEqualTo(proceed(then, new Change.Replace(then)));
    assertThat(then.revision()).isEqualTo(new Revision(6));
    assertThat(then.firstName()).isEqualTo(ACTIVE.firstName());
    assertThat(then.isActive()).isFalse();
  }

  @Test
  void decide_resumeSuspended_isTheNextRevision() {
    User then = SUSPENDED.inState(UserState.ACTIVE, NOW);

    assertThat(Seen.nothing().with(SUSPENDED).decide(to(UserState.ACTIVE, 6)))
        .isEqualTo(proceed(then, new Change.Replace(then)));
  }

  @Test
  void decide_sameState_keepsTheRevision() {
    assertThat(Seen.nothing().with(SUSPENDED).decide(to(UserState.SUSPENDED, 0)))
        .isEqualTo(proceed(SUSPENDED, new Change.Keep(SUSPENDED)));
    assertThat(Seen.nothing().with(ACTIVE).decide(to(UserState.ACTIVE, 0)))
        .isEqualTo(proceed(ACTIVE, new Change.Keep(ACTIVE)));
  }

  @ParameterizedTest
  @EnumSource
  void decide_otherRevision_isRefused(UserState state) {
    assertThat(Seen.nothing().with(ACTIVE).decide(to(state, 4)))
        .isEqualTo(refuse(new RevisionMismatch(ACTIVE.key(), new Revision(4), new Revision(5))));
  }

  @ParameterizedTest
  @EnumSource
  void decide_noSuchUser_isRefused(UserState state) {
    assertThat(Seen.nothing().decide(to(state, 0))).isEqualTo(refuse(new UserNotFound(OLIVIA)));
  }

  @Test
  void actor_isNobody() {
    assertThat(to(UserState.SUSPENDED, 0).actor()).isEmpty();
  }

  private static ChangeUserState to(UserState state, long expected) {
    return new ChangeUserState(OLIVIA, state, new Revision(expected));
  }
}
