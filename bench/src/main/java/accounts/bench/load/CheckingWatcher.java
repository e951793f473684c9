package accounts.bench.load;

import accounts.client.AccountsException;
import accounts.client.Change;
import accounts.client.EntityKind;
import accounts.client.MembershipKey;
import accounts.client.WatchListener;
import accounts.client.WatchUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Watches memberships, and checks that each revision comes, for the first time, right after the one
 * before.
 */
final class CheckingWatcher implements WatchListener {

  private static final int MOST_FAULTS = 5;

  private final Predicate<MembershipKey> subject;
  private final Map<MembershipKey, Long> latest = new HashMap<>(); // guarded by this
  private final List<String> faults = new ArrayList<>(); // guarded by this
  private long changes; // guarded by this
  private boolean open; // guarded by this

  /**
   * @param subject which memberships it is to see; all of them at revision 1 at first
   */
  CheckingWatcher(Predicate<MembershipKey> subject) {
    this.subject = subject;
  }

  @Override
  public synchronized void received(WatchUpdate update) {
    open = true;
    update.changes().forEach(this::check);
  }

  private void check(Change change) {
    if (change.kind() != EntityKind.MEMBERSHIP) {
      return;
    }
    MembershipKey key =
        new MembershipKey(change.organizationName().orElseThrow(), change.username().orElseThrow());
    changes++;
    long before = latest.getOrDefault(key, 1L);
    if (change.revision() > before + 1) {
      fault("%s: revision %d after %d".formatted(key, change.revision(), before));
    }
    latest.merge(key, change.revision(), Math::max);
  }

  private void fault(String what) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(what);
    }
  }

  @Override
  public synchronized void ended(AccountsException failure) {
    fault("ended: " + failure);
  }

  /** Returns whether it has seen the beginning. */
  synchronized boolean isOpen() {
    return open;
  }

  synchronized long changes() {
    return changes;
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** Returns how many memberships it has not seen at these revisions yet. */
  synchronized long missing(Map<MembershipKey, Long> revisions) {
    return revisions.entrySet().stream()
        .filter(entry -> subject.test(entry.getKey()))
        .filter(entry -> latest.getOrDefault(entry.getKey(), 1L) < entry.getValue())
        .count();
  }
}
