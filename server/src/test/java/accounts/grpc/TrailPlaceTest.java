package accounts.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.InvalidValueException;
import accounts.domain.OrganizationName;
import accounts.domain.Revision;
import accounts.domain.Username;
import accounts.store.AuditPosition;
import accounts.store.AuditQuery;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places in the trail of an organization, as page tokens have them. */
final class TrailPlaceTest {

  private static final OrganizationName ORG = new OrganizationName("org");
  private static final AuditQuery QUERY = new AuditQuery.OfOrganization(ORG, Optional.empty(), 1);

  static Stream<EntityKey<?>> entities() {
    return Stream.of(new OrganizationKey(ORG), new MembershipKey(ORG, new Username("noah")));
  }

  @ParameterizedTest
  @MethodSource("entities")
  void read_textOfAPosition_isThatPosition(EntityKey<?> entity) {
    AuditPosition position = new AuditPosition(entity, new Revision(12));

    assertThat(
            TrailPlace.read(TrailPlace.text(position, QUERY), Username::new)
                .position(new OrganizationKey(ORG), member -> new MembershipKey(ORG, member)))
        .isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "x", "-1", "+1", "1x", "1\n", "1 ", "1 no name", "99999999999999999999"})
  void read_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> TrailPlace.read(text, Username::new))
        .isInstanceOf(InvalidValueException.class);
  }
}
