package accounts.identity;

import accounts.domain.AccountError.ScopeRequired;
import accounts.domain.AccountException;
import accounts.domain.Username;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A caller that proved who it is.
 *
 * @param name the issuer and subject of its token, or its SPIFFE id
 * @param person the user that it is; empty for a service
 * @param scopes what it may do
 */
public record Caller(String name, Optional<Username> person, Set<Scope> scopes) {

  /** Any caller at all, where identities are not asked for. */
  public static final Caller ANYONE =
      new Caller("anonymous", Optional.empty(), EnumSet.allOf(Scope.class));

  /** Copies the scopes. */
  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** Returns the name; empty for {@link #ANYONE}, who has none. */
  public Optional<String> knownName() {
    return equals(ANYONE) ? Optional.empty() : Optional.of(name);
  }

  /**
   * Checks that the caller has a scope.
   *
   * @throws AccountException with {@link ScopeRequired} if not
   */
  public void require(Scope scope) {
    if (!scopes.contains(scope)) {
      throw new AccountException(new ScopeRequired(scope.text(), Optional.empty()));
    }
  }

  /**
   * Checks that the caller may act as a user. A person may act only as itself, whatever its scopes.
   *
   * @throws AccountException with {@link ScopeRequired} if not
   */
  public void requireToActAs(Username user) {
    boolean may = person.map(user::equals).orElseGet(() -> scopes.contains(Scope.ACT_AS));
    if (!may) {
      throw new AccountException(new ScopeRequired(Scope.ACT_AS.text(), Optional.of(user)));
    }
  }
}
