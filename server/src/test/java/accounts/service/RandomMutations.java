package accounts.service;

import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.username;

import accounts.domain.DisplayName;
import accounts.domain.DisplayText;
import accounts.domain.LabelChange;
import accounts.domain.LabelKey;
import accounts.domain.Labels;
import accounts.domain.OrganizationName;
import accounts.domain.PersonName;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.UserState;
import accounts.domain.Username;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Makes mutations of a few users and organizations at random. For one thread. */
final class RandomMutations {

  static final List<Username> USERS =
      IntStream.range(0, 16).mapToObj(i -> username("user" + i)).toList();
  static final List<OrganizationName> ORGANIZATIONS =
      IntStream.range(0, 20).mapToObj(i -> organizationName("org-" + i)).toList();

  private static final int FOUNDERS = 3;

  private final Random random;

  RandomMutations(long seed) {
    this.random = new Random(seed);
  }

  RequestId requestId() {
    return new RequestId(new UUID(random.nextLong(), random.nextLong()));
  }

  boolean oneIn(int number) {
    return random.nextInt(number) == 0;
  }

  Mutation next() {
    OrganizationName organization = pick(ORGANIZATIONS);
    Username actor = oneIn(5) ? pick(USERS) : usualActor(organization);
    return switch (random.nextInt(24)) {
      case 0 -> new CreateUser(pick(USERS), name(), name(), labels());
      case 1 -> new CreateOrganization(DisplayName.of(organization.value()), actor, labels());
      case 2, 3, 4, 5, 6, 7 ->
          new UpdateUser(
              pick(USERS), Optional.of(name()), Optional.empty(), labelChange(), expected());
      case 8, 9, 10, 11, 12 -> new AddUserToOrganization(organization, member(), role(), actor);
      case 13, 14, 15 -> new ChangeMemberRole(organization, member(), role(), actor, Revision.NONE);
      case 16, 17 -> new RemoveUserFromOrganization(organization, member(), actor, expected());
      case 18 -> new ChangeUserState(noFounder(), UserState.SUSPENDED, expected());
      case 19 -> new ChangeUserState(noFounder(), UserState.ACTIVE, expected());
      case 20, 21 ->
          new UpdateOrganization(
              organization, Optional.of(title()), labelChange(), actor, expected());
      default -> leave(organization, member());
    };
  }

  /** Founds the organization as a rule, and so may change much in it. */
  private static Username usualActor(OrganizationName organization) {
    return USERS.get(ORGANIZATIONS.indexOf(organization) % FOUNDERS);
  }

  /** Seldom a founder: without them nobody may change much. */
  private Username member() {
    return oneIn(20) ? pick(USERS) : noFounder();
  }

  private Username noFounder() {
    return pick(USERS.subList(FOUNDERS, USERS.size()));
  }

  private static Mutation leave(OrganizationName organization, Username leaver) {
    return new RemoveUserFromOrganization(organization, leaver, leaver, Revision.NONE);
  }

  /** A display name that no organization had before. */
  private DisplayText title() {
    return new DisplayText("D" + random.nextLong());
  }

  /** A name that nobody had before. */
  private PersonName name() {
    return new PersonName("N" + random.nextLong());
  }

  private Labels labels() {
    return oneIn(3) ? new Labels(Map.of("a", value(), "b", value())) : Labels.NONE;
  }

  private LabelChange labelChange() {
    return switch (random.nextInt(4)) {
      case 0 -> new LabelChange(new Labels(Map.of("b", value())), List.of());
      case 1 -> new LabelChange(Labels.NONE, List.of(new LabelKey("a"), new LabelKey("b")));
      default -> LabelChange.NOTHING;
    };
  }

  private String value() {
    return Integer.toString(random.nextInt(1000));
  }

  private Role role() {
    return pick(List.of(Role.OWNER, Role.OWNER, Role.ADMIN, Role.MEMBER));
  }

  private Revision expected() {
    return oneIn(4) ? new Revision(1 + random.nextInt(3)) : Revision.NONE;
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
