package accounts.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.codec.Damage;
import accounts.codec.StoredOutcome;
import accounts.codec.StoredRefusal;
import accounts.codec.UnreadableBytesException;
import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.HasMemberships;
import accounts.domain.AccountError.InvitationNotFound;
import accounts.domain.AccountError.LastOwner;
import accounts.domain.AccountError.MembershipAlreadyExists;
import accounts.domain.AccountError.MembershipNotFound;
import accounts.domain.AccountError.NotDeleted;
import accounts.domain.AccountError.OrganizationAlreadyExists;
import accounts.domain.AccountError.OrganizationNotFound;
import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountError.RevisionMismatch;
import accounts.domain.AccountError.RoleRequired;
import accounts.domain.AccountError.TooManyLabels;
import accounts.domain.AccountError.UserAlreadyExists;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.AccountError.UserSuspended;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Generated;
import accounts.domain.OrganizationName;
import accounts.domain.Resource;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OutcomeCodecTest {

  private static final Username OLIVIA = new Username("olivia");
  private static final OrganizationName ORG = new OrganizationName("olivias-org");

  @Property
  void decode_encodedDone_isTheSame(@ForAll("done") Outcome.Done done)
      throws UnreadableBytesException {
    assertThat(OutcomeCodec.decode(OutcomeCodec.encode(done))).isEqualTo(done);
  }

  @Property
  void decode_encodedRefusal_isTheSame(@ForAll("refusals") Refusal refusal)
      throws UnreadableBytesException {
    Outcome refused = new Outcome.Refused(refusal);

    assertThat(OutcomeCodec.decode(OutcomeCodec.encode(refused))).isEqualTo(refused);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void decode_eachKindOfRefusal_isTheSame(Refusal refusal) throws UnreadableBytesException {
    Outcome refused = new Outcome.Refused(refusal);

    assertThat(OutcomeCodec.decode(OutcomeCodec.encode(refused))).isEqualTo(refused);
  }

  @Test
  void samples_ofRefusals_leaveNoKindOut() {
    assertThat(samples().<Object>map(Refusal::getClass).distinct())
        .containsExactlyInAnyOrder((Object[]) Refusal.class.getPermittedSubclasses());
  }

  static Stream<Refusal> samples() {
    return Stream.of(
        new UserNotFound(OLIVIA),
        new UserSuspended(OLIVIA),
        new NotDeleted(OLIVIA),
        new TooManyLabels(new UserKey(OLIVIA), 33),
        new TooManyLabels(new OrganizationKey(ORG), 64),
        new BeingDeleted(new UserKey(OLIVIA)),
        new BeingDeleted(new OrganizationKey(ORG)),
        new HasMemberships(new UserKey(OLIVIA), List.of(new MembershipKey(ORG, OLIVIA)), false),
        new HasMemberships(new OrganizationKey(ORG), List.of(new MembershipKey(ORG, OLIVIA)), true),
        new OrganizationNotFound(ORG),
        new MembershipNotFound(ORG, OLIVIA, new Revision(4)),
        new MembershipNotFound(ORG, OLIVIA, Revision.NONE),
        new UserAlreadyExists(OLIVIA),
        new OrganizationAlreadyExists(ORG),
        new MembershipAlreadyExists(ORG, OLIVIA),
        new RoleRequired(ORG, OLIVIA, Optional.of(Role.ADMIN), Set.of(Role.OWNER)),
        new RoleRequired(ORG, OLIVIA, Optional.empty(), Set.of(Role.OWNER, Role.ADMIN)),
        new InvitationNotFound(ORG, OLIVIA),
        new LastOwner(ORG, OLIVIA),
        new RevisionMismatch(new EntityKey.UserKey(OLIVIA), new Revision(1), new Revision(2)),
        new RevisionMismatch(new EntityKey.OrganizationKey(ORG), new Revision(1), new Revision(2)),
        new RevisionMismatch(
            new EntityKey.MembershipKey(ORG, OLIVIA), new Revision(1), new Revision(2)));
  }

  @Property
  void decode_garbage_isUnreadableAtWorst(@ForAll byte[] garbage) {
    assertThat(Damage.failures(() -> OutcomeCodec.decode(garbage))).isEmpty();
  }

  @Property
  void decode_damagedOutcome_isUnreadableAtWorst(
      @ForAll("outcomes") Outcome outcome, @ForAll long seed) {
    byte[] damaged = Damage.of(OutcomeCodec.encode(outcome), seed);

    assertThat(Damage.failures(() -> OutcomeCodec.decode(damaged))).isEmpty();
  }

  @Test
  void decode_unknownRefusal_isUnreadable() {
    byte[] bytes =
        StoredOutcome.newBuilder()
            .setRefusal(StoredRefusal.newBuilder().setKind("FromTheFuture"))
            .build()
            .toByteArray();

    assertThatThrownBy(() -> OutcomeCodec.decode(bytes))
        .isInstanceOf(UnreadableBytesException.class)
        .hasMessage("unknown refusal FromTheFuture");
  }

  @Test
  void decode_nothing_isUnreadable() {
    assertThatThrownBy(() -> OutcomeCodec.decode(new byte[0]))
        .isInstanceOf(UnreadableBytesException.class)
        .hasMessage("no outcome");
  }

  @Provide
  Arbitrary<Outcome> outcomes() {
    return Arbitraries.oneOf(done(), refusals().map(Outcome.Refused::new));
  }

  @Provide
  Arbitrary<Outcome.Done> done() {
    Arbitrary<Resource> entities = Generated.entities().map(entity -> entity);
    Arbitrary<List<Resource>> both =
        Combinators.combine(
                entities.list().ofMaxSize(3), Generated.invitations().list().ofMaxSize(2))
            .as((some, invitations) ->
                Stream.<Resource>concat(some.stream(), invitations.stream()).toList());
    return both.map(Outcome.Done::new);
  }

  @Provide
  Arbitrary<Refusal> refusals() {
    Arbitrary<OrganizationName> organizations = Generated.organizationNames();
    Arbitrary<Username> usernames = Generated.usernames();
    Arbitrary<Revision> revisions = Generated.revisions();
    return Arbitraries.oneOf(
        usernames.map(UserNotFound::new),
        usernames.map(UserSuspended::new),
        Combinators.combine(organizations, usernames, revisions).as(MembershipNotFound::new),
        Combinators.combine(
                organizations, usernames, Generated.roles().optional(), Generated.roles().set())
            .as(RoleRequired::new),
        Combinators.combine(Generated.keys(), revisions, revisions).as(RevisionMismatch::new));
  }
}
