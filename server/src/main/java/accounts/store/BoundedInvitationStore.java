package accounts.store;

import accounts.async.CallScope;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Invitation;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Bounds the reads of invitations by the admission queue of all reads of the store. */
public final class BoundedInvitationStore implements InvitationStore {

  private final InvitationStore delegate;
  private final AdmissionQueue reads;

  /**
   * @param reads the queue for reads
   */
  public BoundedInvitationStore(InvitationStore delegate, AdmissionQueue reads) {
    this.delegate = delegate;
    this.reads = reads;
  }

  @Override
  public CompletableFuture<Optional<Invitation>> find(MembershipKey key, CallScope scope) {
    return reads.admit(scope, own -> delegate.find(key, own));
  }

  @Override
  public CompletableFuture<InvitationPage> list(
      InvitationQuery query, Instant created, Instant now, CallScope scope) {
    return reads.admit(scope, own -> delegate.list(query, created, now, own));
  }
}
