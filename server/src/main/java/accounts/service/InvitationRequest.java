package accounts.service;

import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Invitation;
import accounts.domain.Role;
import accounts.domain.Username;
import java.time.Duration;
import java.util.Optional;

/**
 * What a caller asks to be done about an invitation, which is known by the membership it offers.
 */
public sealed interface InvitationRequest {

  /**
   * Invite a user.
   *
   * @param actor the acting user, who must be allowed to grant the role
   * @param lifetime how long the invitation can be accepted
   */
  record Invite(MembershipKey key, Role role, Username actor, Duration lifetime)
      implements InvitationRequest {

    @Override
    public Mutation decidedFrom(Optional<Invitation> found) {
      return new InviteUser(key, role, actor, lifetime, found);
    }
  }

  /** Accept it, as the invited user. */
  record Accept(MembershipKey key) implements InvitationRequest {

    @Override
    public Username actor() {
      return key.username();
    }

    @Override
    public Mutation decidedFrom(Optional<Invitation> found) {
      return new AcceptInvitation(key, found);
    }
  }

  /**
   * Decline it, or withdraw it.
   *
   * @param actor the acting user: the invited user, or one who may revoke the role
   */
  record Delete(MembershipKey key, Username actor) implements InvitationRequest {

    @Override
    public Mutation decidedFrom(Optional<Invitation> found) {
      return new DeleteInvitation(key, actor, found);
    }
  }

  /** Returns the key of the membership that the invitation offers. */
  MembershipKey key();

  /** Returns the acting user. */
  Username actor();

  /**
   * Returns how it is done.
   *
   * @param found the invitation that there is, expired or not; empty if there is none
   */
  Mutation decidedFrom(Optional<Invitation> found);
}
