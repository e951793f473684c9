package accounts.codec;

import accounts.domain.Invitation;
import accounts.domain.OrganizationName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import java.time.Instant;

/** Converts invitations to and from the messages that are stored. */
public final class InvitationCodec {

  private InvitationCodec() {}

  public static StoredInvitation encode(Invitation invitation) {
    return StoredInvitation.newBuilder()
        .setOrganizationName(invitation.organization().value())
        .setUsername(invitation.username().value())
        .setRole(invitation.role().name())
        .setInvitingUser(invitation.invitingUser().value())
        .setOrganizationCreateTimeMillis(invitation.organizationCreateTime().toEpochMilli())
        .setUserCreateTimeMillis(invitation.userCreateTime().toEpochMilli())
        .setInvitingMembershipCreateTimeMillis(
            invitation.invitingMembershipCreateTime().toEpochMilli())
        .setMembershipRevision(invitation.membershipRevision().value())
        .setCreateTimeMillis(invitation.createTime().toEpochMilli())
        .setExpireTimeMillis(invitation.expireTime().toEpochMilli())
        .build();
  }

  /**
   * Returns what was encoded.
   *
   * @throws IllegalArgumentException if a field is malformed
   */
  public static Invitation decode(StoredInvitation stored) {
    return new Invitation(
        new OrganizationName(stored.getOrganizationName()),
        new Username(stored.getUsername()),
        Role.valueOf(stored.getRole()),
        new Username(stored.getInvitingUser()),
        Instant.ofEpochMilli(stored.getOrganizationCreateTimeMillis()),
        Instant.ofEpochMilli(stored.getUserCreateTimeMillis()),
        Instant.ofEpochMilli(stored.getInvitingMembershipCreateTimeMillis()),
        new Revision(stored.getMembershipRevision()),
        Instant.ofEpochMilli(stored.getCreateTimeMillis()),
        Instant.ofEpochMilli(stored.getExpireTimeMillis()));
  }
}
