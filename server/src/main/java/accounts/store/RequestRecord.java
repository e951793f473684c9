package accounts.store;

import accounts.domain.RequestId;

/**
 * What became of a request, kept so that repeating it changes nothing.
 *
 * @param requestId the caller's name for it
 * @param fingerprint stands for the request's content; another content has another fingerprint
 * @param outcome what came of it
 */
public record RequestRecord(RequestId requestId, String fingerprint, Outcome outcome) {}
