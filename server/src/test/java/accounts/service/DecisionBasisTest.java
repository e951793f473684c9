package accounts.service;

import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.store.Lookups;
import accounts.store.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DecisionBasisTest {

  private static final User FIRST = user("alice");
  private static final User SECOND = renamed(FIRST);

  @Test
  void repeated_recordIsLater_reliesOnTheRecord() {
    assertThat(reliedOn(FIRST, SECOND)).isEqualTo(at(SECOND));
  }

  @Test
  void repeated_snapshotIsLater_reliesOnTheSnapshot() {
    assertThat(reliedOn(SECOND, FIRST)).isEqualTo(at(SECOND));
  }

  private static Map<EntityKey<?>, Revision> reliedOn(User seen, User recorded) {
    Lookups answers = Lookups.builder().found(seen).build();
    return new DecisionBasis(Set.of(userKey("alice")), answers, Map.of())
        .repeated(new Outcome.Done(List.of(recorded)))
        .reliedOn();
  }

  private static Map<EntityKey<?>, Revision> at(User user) {
    return Map.of(user.key(), user.revision());
  }
}
