package accounts.service;

import accounts.domain.Account;
import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountError.TooManyLabels;
import accounts.domain.LabelChange;
import accounts.domain.Labels;
import java.util.Optional;

/** The rule that nothing has too many labels, whoever sets them. */
final class LabelLimit {

  private LabelLimit() {}

  /** Returns the refusal of a change after which there are too many. */
  static Optional<Refusal> refusal(Account before, LabelChange change) {
    int count = change.countAfter(before.labels());
    return count > Labels.MOST
        ? Optional.of(new TooManyLabels(before.key(), count))
        : Optional.empty();
  }
}
