package accounts.service;

import accounts.domain.AccountError.RequestIdReused;
import accounts.domain.AccountException;
import accounts.domain.RequestId;
import accounts.store.Outcome;
import accounts.store.RequestRecord;
import java.util.Optional;

/**
 * Has a request carried out once, however often it is sent: its outcome is recorded in the commit
 * that brings it about, and whoever repeats the request is answered from the record.
 *
 * @param identity empty for a request that has none, and is carried out each time
 */
record Idempotency(Optional<RequestIdentity> identity) {

  /** Returns the id by which a record of the request is found. */
  Optional<RequestId> requestId() {
    return identity.map(RequestIdentity::requestId);
  }

  /** Returns what is to be recorded with the outcome. */
  Optional<RequestRecord> record(Outcome outcome) {
    return identity.map(i -> new RequestRecord(i.requestId(), i.fingerprint(), outcome));
  }

  /**
   * Returns the outcome that the request had before.
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
