package accounts.domain;

import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Domain values for properties. Names are short and alike, so that they meet. */
public final class Generated {

  private Generated() {}

  public static Arbitrary<Username> usernames() {
    return Arbitraries.strings()
        .withChars("aA1._@+-")
        .ofMinLength(1)
        .ofMaxLength(4)
        .map(text -> new Username(Character.isLetterOrDigit(text.charAt(0)) ? text : "a" + text));
  }

  public static Arbitrary<OrganizationName> organizationNames() {
    return Arbitraries.strings()
        .withChars("a1_")
        .ofMinLength(1)
        .ofMaxLength(2)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(words -> new OrganizationName(String.join("-", words)));
  }

  public static Arbitrary<RequestId> requestIds() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
        .as((high, low) -> new RequestId(new java.util.UUID(high, low)));
  }

  public static Arbitrary<Revision> revisions() {
    return Arbitraries.longs().greaterOrEqual(0).map(Revision::new);
  }

  public static Arbitrary<Role> roles() {
    return Arbitraries.of(Role.class);
  }

  public static Arbitrary<EntityKey<?>> keys() {
    return Arbitraries.oneOf(
        usernames().map(UserKey::new),
        organizationNames().map(OrganizationKey::new),
        membershipKeys());
  }

  public static Arbitrary<MembershipKey> membershipKeys() {
    return Combinators.combine(organizationNames(), usernames()).as(MembershipKey::new);
  }

  public static Arbitrary<Entity> entities() {
    return Arbitraries.oneOf(users(), organizations(), memberships());
  }

  private static Arbitrary<User> users() {
    return Combinators.combine(
            Combinators.combine(personNames(), personNames()).as(List::of),
            usernames(),
            Arbitraries.of(UserState.ACTIVE, UserState.SUSPENDED),
            Arbitraries.of(true, false),
            labels(),
            revisions(),
            times(),
            times())
        .as((names, username, state, deleting, labels, revision, created, updated) ->
            new User(
                username,
                names.getFirst(),
                names.getLast(),
                state,
                deleting,
                labels,
                revision,
                created,
                updated));
  }

  private static Arbitrary<Organization> organizations() {
    return Combinators.combine(
            organizationNames(),
            personNames().map(PersonName::value),
            usernames(),
            Arbitraries.of(true, false),
            labels(),
            revisions(),
            times(),
            times())
        .as(Organization::new);
  }

  private static Arbitrary<Membership> memberships() {
    return Combinators.combine(
            organizationNames(), usernames(), roles(), revisions(), times(), times())
        .as(Membership::new);
  }

  public static Arbitrary<Invitation> invitations() {
    return Combinators.combine(
            organizationNames(), usernames(), roles(), usernames(), times(), revisions(), times())
        .as((organization, user, role, inviter, created, removal, made) ->
            new Invitation(
                organization,
                user,
                role,
                inviter,
                created,
                created.plusMillis(1),
                created.plusMillis(2),
                removal,
                made,
                made.plus(Invitation.DEFAULT_LIFETIME)));
  }

  private static Arbitrary<PersonName> personNames() {
    return Arbitraries.of("Olivia", "d’Arc", "李", "\uD83D\uDE00", "a\u00A0b", "#/", "ß".repeat(100))
        .map(PersonName::new);
  }

  private static Arbitrary<Labels> labels() {
    return Arbitraries.maps(
            Arbitraries.of("a", "b-1", "billing.plan", "k".repeat(63)),
            Arbitraries.of("", "0", "free", "v".repeat(63)))
        .ofMaxSize(3)
        .map(Labels::of);
  }

  private static Arbitrary<Instant> times() {
    return Arbitraries.longs().between(0, 1L << 45).map(Instant::ofEpochMilli);
  }
}
