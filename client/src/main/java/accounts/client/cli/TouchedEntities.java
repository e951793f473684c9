package accounts.client.cli;

import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UpdateOrganizationRequest;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The entities that a change depends on, and those that it makes, by names that are equal for the
 * same entity. Two organizations may have one name, since slugs are the service's to make; that
 * costs a wait and no more.
 *
 * @param reads what it depends on
 * @param changes what it makes
 */
record TouchedEntities(Set<String> reads, Set<String> changes) {

  /** Stands for all organizations. */
  private static final String ORGANIZATIONS = "organizations";

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
  private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^a-z0-9]+");

  static TouchedEntities of(CreateUserRequest request) {
    return new TouchedEntities(Set.of(), Set.of(user(request.getUsername())));
  }

  static TouchedEntities of(CreateOrganizationRequest request) {
    String organization = organization(request.getOrganizationName());
    return new TouchedEntities(
        Set.of(user(request.getFoundingUser()), ORGANIZATIONS),
        Set.of(organization, membership(organization, request.getFoundingUser())));
  }

  static TouchedEntities of(AddUserToOrganizationRequest request) {
    String organization = organization(request.getOrganizationName());
    String member = membership(organization, request.getMemberUsername());
    List<String> reads =
        List.of(
            user(request.getMemberUsername()),
            organization,
            ORGANIZATIONS,
            user(request.getAddingUser()),
            membership(organization, request.getAddingUser()));
    return new TouchedEntities(
        new HashSet<>(reads),
        organization.equals(ORGANIZATIONS) ? Set.of(member, ORGANIZATIONS) : Set.of(member));
  }

  static TouchedEntities of(UpdateOrganizationRequest request) {
    String organization = organization(request.getOrganizationName());
    return new TouchedEntities(
        Set.of(
            user(request.getActingUser()),
            membership(organization, request.getActingUser()),
            ORGANIZATIONS),
        Set.of(organization));
  }

  static TouchedEntities of(SuspendUserRequest request) {
    return new TouchedEntities(Set.of(), Set.of(user(request.getUsername())));
  }

  private static String user(String username) {
    return "user " + username;
  }

  /** Returns {@link #ORGANIZATIONS} for a name whose letters the slug might spell otherwise. */
  private static String organization(String name) {
    String plain = ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
    return ASCII.matcher(plain).matches()
        ? "organization " + NOT_ALPHANUMERIC.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("")
        : ORGANIZATIONS;
  }

  private static String membership(String organization, String username) {
    return organization + " " + user(username);
  }
}
