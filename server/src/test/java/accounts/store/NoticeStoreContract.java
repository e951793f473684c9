package accounts.store;

import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.Revision;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link NoticeStore} does. */
public abstract class NoticeStoreContract {

  protected static final Notice NOTICE =
      new Notice(
          "n1",
          Map.of(
              userKey("olivia"), new Revision(7), membershipKey("acme", "olivia"), Revision.FIRST));

  /** Returns what is under test, without notices at the beginning of each test. */
  protected abstract NoticeStore store();

  private boolean isDone(String id) {
    return store().isDone(id, scope()).join();
  }

  @Test
  void isDone_justLeft_isNot() {
    store().leave(NOTICE, scope()).join();

    assertThat(isDone("n1")).isFalse();
  }

  @Test
  void markDone_one_isDoneAloneAndStaysSo() {
    store().leave(NOTICE, scope()).join();
    store().leave(new Notice("n2", NOTICE.keys()), scope()).join();
    store().markDone("n1", scope()).join();
    store().markDone("n1", scope()).join();

    assertThat(isDone("n1")).isTrue();
    assertThat(isDone("n2")).isFalse();
  }

  @Test
  void markDone_noSuchNotice_makesNone() {
    store().markDone("n1", scope()).join();

    assertThat(isDone("n1")).isFalse();
  }

  protected static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
