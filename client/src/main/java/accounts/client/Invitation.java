package accounts.client;

import java.time.Instant;

/**
 * An invitation of a user to become a member of an organization; no membership before it is
 * accepted.
 *
 * @param organizationName slug of the organization
 * @param username the invited user
 * @param role that the user has when it has accepted
 * @param invitingUser who invited it, and must still be allowed to add it when it accepts
 * @param createTime when it was (last) invited, by the clock of the instance that wrote it
 * @param expireTime from when on the invitation counts as not there
 */
public record Invitation(
    String organizationName,
    String username,
    Role role,
    String invitingUser,
    Instant createTime,
    Instant expireTime) {}
