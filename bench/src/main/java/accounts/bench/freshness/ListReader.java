package accounts.bench.freshness;

import accounts.bench.freshness.Answers.Origin;
import accounts.bench.freshness.ReadCalls.Page;
import accounts.bench.history.Answer;
import accounts.bench.history.Consistency;
import accounts.bench.history.Key;
import accounts.bench.history.Source;
import accounts.bench.history.Watch;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.Membership;
import accounts.v1.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads lists of memberships, page by page to the end. Memberships that they show, and those that
 * they do not show, are judged as reads of the store.
 *
 * @param deadline of each page
 */
record ListReader(Ledger ledger, Duration deadline) {

  private static final int SMALLEST_PAGE = 2;
  private static final int LARGEST_PAGE = 60;
  private static final List<Role> FILTERS =
      List.of(
          Role.ROLE_UNSPECIFIED,
          Role.ROLE_UNSPECIFIED,
          Role.ROLE_MEMBER,
          Role.ROLE_ADMIN,
          Role.ROLE_OWNER);
  private static final Origin FROM_STORE = new Origin(Source.STORE, Optional.empty());

  /** A list to read, and which watched keys belong to it. */
  private record Query(
      String name,
      Predicate<Key> belongs,
      Function<Membership, String> order,
      Predicate<String> shown,
      Pages pages) {}

  private interface Pages {
    Page next(AccountServiceBlockingStub stub, int size, String token);
  }

  /**
   * Reads a list that one of these memberships belongs to, and judges all memberships that belong
   * to it.
   *
   * @param watches of memberships
   */
  void list(Instance instance, List<Watch> watches) {
    if (watches.isEmpty()) {
      return;
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    Key any = watches.get(random.nextInt(watches.size())).key();
    Query query =
        random.nextBoolean()
            ? ofUser(any.username())
            : ofOrganization(any.organization(), FILTERS.get(random.nextInt(FILTERS.size())));
    List<Watch> belonging =
        watches.stream().filter(watch -> query.belongs().test(watch.key())).toList();
    long invoked = belonging.getFirst().now();
    Map<Key, Membership> shown = shown(instance, query);
    belonging.forEach(watch -> judge(instance, query, watch, invoked, shown));
  }

  private static Query ofUser(String username) {
    return new Query(
        "memberships of " + username,
        key -> key.username().equals(username),
        Membership::getOrganizationName,
        value -> !value.equals(Answer.ABSENT),
        (stub, size, token) -> ReadCalls.memberships(stub, username, size, token));
  }

  private static Query ofOrganization(String organization, Role role) {
    boolean all = role == Role.ROLE_UNSPECIFIED;
    return new Query(
        "members of " + organization + (all ? "" : " as " + role),
        key -> key.organization().equals(organization),
        Membership::getUsername,
        value -> all ? !value.equals(Answer.ABSENT) : value.equals(role.name()),
        (stub, size, token) -> ReadCalls.members(stub, organization, role, size, token));
  }

  private Map<Key, Membership> shown(Instance instance, Query query) {
    int size = ThreadLocalRandom.current().nextInt(SMALLEST_PAGE, LARGEST_PAGE);
    Map<Key, Membership> shown = new HashMap<>();
    List<String> order = new ArrayList<>();
    String token = "";
    do {
      Page page = query.pages().next(instance.stub(deadline), size, token);
      for (Membership membership : page.memberships()) {
        Key key = Key.membership(membership.getOrganizationName(), membership.getUsername());
        shown.put(key, membership);
        order.add(query.order().apply(membership));
        requireShowable(query, key, membership);
      }
      token = page.next();
    } while (!token.isEmpty());
    requireOrder(query, order);
    return shown;
  }

  private void requireShowable(Query query, Key key, Membership membership) {
    if (!query.belongs().test(key) || !query.shown().test(Answers.value(key, membership))) {
      ledger.tally().wrong(query.name() + " show " + key + " as " + membership.getRole());
    }
  }

  /** Names are ASCII, so they are sorted by code point. No name may occur twice. */
  private void requireOrder(Query query, List<String> names) {
    for (int i = 1; i < names.size(); i++) {
      if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
        ledger.tally().wrong(query.name() + ": " + names.get(i) + " after " + names.get(i - 1));
      }
    }
  }

  private void judge(
      Instance instance, Query query, Watch watch, long invoked, Map<Key, Membership> shown) {
    Membership membership = shown.get(watch.key());
    ledger.tally().list(membership != null);
    if (membership == null) {
      watch.notListed(instance.name(), invoked, query.shown());
    } else {
      Answer answer = Answers.of(watch.key(), membership, FROM_STORE);
      watch.answered(instance.name(), Consistency.STORE, 0, invoked, answer);
    }
  }
}
