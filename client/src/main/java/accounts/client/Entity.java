package accounts.client;

/** A user, an organization or a membership. */
public sealed interface Entity permits User, Organization, Membership {}
