package accounts.store;

import accounts.async.CallScope;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Invitation;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The invitations in the source of truth, which {@link AccountStore#commit} changes. Every read is
 * strongly consistent, and fails as one of {@link AccountStore} does.
 */
public interface InvitationStore {

  /**
   * Returns the invitation of a user to an organization, expired or not; empty if there is none.
   *
   * @param key of the membership that it offers
   */
  CompletableFuture<Optional<Invitation>> find(MembershipKey key, CallScope scope);

  /**
   * Lists a page of invitations, in the order of their keys.
   *
   * @param created when the organization or the user of the query was created, so that those of an
   *     earlier one of the name are left out
   * @param now when they must not have expired
   */
  CompletableFuture<InvitationPage> list(
      InvitationQuery query, Instant created, Instant now, CallScope scope);
}
