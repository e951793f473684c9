package accounts.service;

import accounts.domain.RequestId;

/**
 * What makes a request the same as another.
 *
 * @param requestId the caller's name for it
 * @param fingerprint stands for its content
 */
public record RequestIdentity(RequestId requestId, String fingerprint) {}
