package accounts.read;

import static accounts.domain.Samples.labelled;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Labels;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.service.ReadResult;
import accounts.service.Source;
import accounts.service.Stamp;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WeightTest {

  @Test
  void of_longerNames_growsByTheirCharacters() {
    User shortName = user("al");
    User longName = user("alexandra");

    // The name is in the key, and in the entity.
    assertThat(weight(longName) - weight(shortName)).isEqualTo(2 * 2 * ("alexandra".length() - 2));
  }

  // Short labels are objects more than characters.
  @Test
  void of_labels_growsByTheirCharactersAndObjects() {
    Labels labels = Labels.of(Map.of("plan", "free", "team", "red"));
    int texts = 4 * (24 + 16); // a String and its array
    int entries = 2 * (40 + 40); // of the tree and of the message's map
    int least = texts + entries + "planfreeteamred".length();

    assertThat(weight(labelled(user("al"), labels)) - weight(user("al")))
        .isBetween(least, 2 * least);
    assertThat(weight(labelled(organization("al"), labels)) - weight(organization("al")))
        .isBetween(least, 2 * least);
  }

  @Test
  void of_absent_isLessThanFound() {
    assertThat(weight(user("al").key(), new Lookup.Absent<User>(Revision.NONE)))
        .isPositive()
        .isLessThan(weight(user("al")));
  }

  @Test
  void of_membership_countsBothNames() {
    assertThat(weight(membership("organization", "al", Role.MEMBER)))
        .isGreaterThan(weight(membership("o", "al", Role.MEMBER)));
  }

  private static int weight(Entity entity) {
    return weight(entity.key(), new Lookup.Found<>(entity));
  }

  private static <E extends Entity> int weight(EntityKey<?> key, Lookup<E> lookup) {
    return Weight.of(key, new ReadResult<>(lookup, Source.STORE, 0, Stamp.NONE));
  }
}
