package accounts.domain;

/**
 * What a response may hold: an entity, or an invitation, which has no revision and is never cached.
 */
public sealed interface Resource permits Entity, Invitation {}
