package accounts.cache;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Generated;
import accounts.domain.OrganizationName;
import accounts.domain.Username;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class CellKeyTest {

  private static final OrganizationName ORGANIZATION = new OrganizationName("olivias-org");
  private static final Username USERNAME = new Username("noah");

  @Property
  void of_differentEntities_haveDifferentTexts(@ForAll("keys") Set<EntityKey<?>> keys) {
    Set<String> texts =
        keys.stream().map(key -> CellKey.of("i", key).text()).collect(Collectors.toSet());

    assertThat(texts).hasSize(keys.size());
  }

  // An incarnation that equals the beginning of a name must not lead into another's cells.
  @Property
  void of_differentIncarnations_haveDifferentTexts(
      @ForAll @StringLength(max = 12) @CharRange(from = '/', to = ':') String incarnation,
      @ForAll @StringLength(max = 12) @CharRange(from = '/', to = ':') String other,
      @ForAll("key") EntityKey<?> key,
      @ForAll("key") EntityKey<?> otherKey) {
    boolean same = incarnation.equals(other) && key.equals(otherKey);

    assertThat(CellKey.of(incarnation, key).text().equals(CellKey.of(other, otherKey).text()))
        .isEqualTo(same);
  }

  @Test
  void of_examples_areAsOtherInstancesExpect() {
    assertThat(CellKey.of("abc", new UserKey(USERNAME)).text()).isEqualTo("3/3:abc/user/4:noah");
    assertThat(CellKey.of("abc", new OrganizationKey(ORGANIZATION)).text())
        .isEqualTo("3/3:abc/org/11:olivias-org");
    assertThat(CellKey.of("abc", new MembershipKey(ORGANIZATION, USERNAME)).text())
        .isEqualTo("3/3:abc/member/11:olivias-org/4:noah");
  }

  @Provide
  Arbitrary<Set<EntityKey<?>>> keys() {
    return Generated.keys().set().ofMaxSize(40);
  }

  @Provide
  Arbitrary<EntityKey<?>> key() {
    return Generated.keys();
  }
}
