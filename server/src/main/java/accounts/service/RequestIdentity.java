package accounts.service;

import accounts.domain.RequestId;

/**
 * Identifies a request, so that retries are recognized.
 *
 * @param requestId the caller's idempotency key
 * @param fingerprint of the request's content
 */
public record RequestIdentity(RequestId requestId, String fingerprint) {}
