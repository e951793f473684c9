package accounts.client.cli;

/** What a line of an import is: a change, or refused before any call. */
sealed interface ParsedLine permits ImportChange, Refusal {}
