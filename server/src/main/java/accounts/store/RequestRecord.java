package accounts.store;

import accounts.domain.RequestId;

/**
 * The record of a request and its outcome, kept so that a retry changes nothing.
 *
 * @param requestId the caller's idempotency key
 * @param fingerprint of the request's content
 * @param outcome what the request was answered with
 */
public record RequestRecord(RequestId requestId, String fingerprint, Outcome outcome) {}
