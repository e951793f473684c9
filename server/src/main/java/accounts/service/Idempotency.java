package accounts.service;

import accounts.domain.AccountError.RequestIdReused;
import accounts.domain.AccountException;
import accounts.domain.RequestId;
import accounts.store.Outcome;
import accounts.store.RequestRecord;
import java.util.Optional;

/**
 * Makes a request idempotent: its outcome is recorded in the same commit, and retries are answered
 * from the record.
 *
 * @param identity empty for a request without an id, which is executed each time
 */
record Idempotency(Optional<RequestIdentity> identity) {

  /** Returns the id by which a record of the request is found. */
  Optional<RequestId> requestId() {
    return identity.map(RequestIdentity::requestId);
  }

  /** Returns the record to store with an outcome; empty without a request id. */
  Optional<RequestRecord> record(Outcome outcome) {
    return identity.map(i -> new RequestRecord(i.requestId(), i.fingerprint(), outcome));
  }

  /**
   * Returns the outcome of the earlier request.
   *
   * @param record found under the request's id
   * @throws AccountException if it is the record of another request
   */
  Outcome recorded(RequestRecord record) {
    if (identity.map(RequestIdentity::fingerprint).filter(record.fingerprint()::equals).isEmpty()) {
      throw new AccountException(new RequestIdReused(record.requestId()));
    }
    return record.outcome();
  }
}
