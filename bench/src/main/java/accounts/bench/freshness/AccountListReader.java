package accounts.bench.freshness;

import accounts.bench.freshness.Answers.Origin;
import accounts.bench.history.Answer;
import accounts.bench.history.Consistency;
import accounts.bench.history.Key;
import accounts.bench.history.Kind;
import accounts.bench.history.Source;
import accounts.bench.history.Watch;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.ListOrganizationsRequest;
import accounts.v1.ListUsersRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * Reads lists of users and of organizations by the beginning of a name, and those of users by a
 * label as well, page by page to the end. Those that they show, and those that they do not show,
 * are judged as reads of the store.
 *
 * @param deadline of each page
 */
record AccountListReader(Ledger ledger, Duration deadline) {

  private static final int LARGEST_PAGE = 20;
  private static final Origin FROM_STORE = new Origin(Source.STORE, Optional.empty());

  /**
   * Reads a list that this user or organization belongs to, and judges all that belong to it.
   *
   * @param any a user or an organization
   * @param watches among which others may belong to it, of any kind
   */
  void list(Instance instance, Watch any, List<Watch> watches) {
    Kind kind = any.key().kind();
    String name = name(any.key());
    // Others begin like most of a name, few like all of it.
    String prefix = name.substring(0, name.length() - ThreadLocalRandom.current().nextInt(2));
    List<Watch> belonging =
        watches.stream()
            .filter(watch -> watch.key().kind() == kind && name(watch.key()).startsWith(prefix))
            .toList();
    long invoked = any.now();
    Map<String, Row> shown = shown(instance, new Query(kind, prefix, ""));
    belonging.forEach(
        watch -> judge(instance, watch, invoked, shown, value -> !value.equals(Answer.ABSENT)));
    Row row = shown.get(name);
    if (row != null && !row.label().isEmpty()) {
      listByLabel(instance, any, new Query(kind, prefix, row.label()));
    }
  }

  /** Reads the list by a label that this user had a moment ago, and judges this user. */
  private void listByLabel(Instance instance, Watch user, Query query) {
    long invoked = user.now();
    Map<String, Row> shown = shown(instance, query);
    judge(instance, user, invoked, shown, value -> Answers.isLabelled(value, query.label()));
  }

  private static String name(Key key) {
    return key.kind() == Kind.USER ? key.username() : key.organization();
  }

  private Map<String, Row> shown(Instance instance, Query query) {
    int size = ThreadLocalRandom.current().nextInt(1, LARGEST_PAGE);
    Map<String, Row> shown = new HashMap<>();
    String last = "";
    String token = "";
    do {
      Page page = page(instance.stub(deadline), query, size, token);
      for (Row row : page.rows()) {
        if (!query.fits(row) || row.name().compareTo(last) <= 0) {
          ledger.tally().wrong("the list of " + query + ": " + row + " after \"" + last + "\"");
        }
        shown.put(row.name(), row);
        last = row.name();
      }
      token = page.next();
    } while (!token.isEmpty());
    return shown;
  }

  /**
   * What is listed.
   *
   * @param label empty: any
   */
  private record Query(Kind kind, String prefix, String label) {

    boolean fits(Row row) {
      return row.name().startsWith(prefix) && (label.isEmpty() || row.label().equals(label));
    }
  }

  /**
   * An account on a page.
   *
   * @param label its value; empty if it has none
   */
  private record Row(String name, String label, Answer answer) {}

  private record Page(List<Row> rows, String next) {}

  private static Page page(AccountServiceBlockingStub stub, Query query, int size, String token) {
    return query.kind() == Kind.USER
        ? users(stub, query, size, token)
        : organizations(stub, query.prefix(), size, token);
  }

  private static Page users(AccountServiceBlockingStub stub, Query query, int size, String token) {
    String label = query.label().isEmpty() ? "" : Answers.LABEL + "=" + query.label();
    var response =
        stub.listUsers(
            ListUsersRequest.newBuilder()
                .setUsernamePrefix(query.prefix())
                .setLabel(label)
                .setPageSize(size)
                .setPageToken(token)
                .build());
    List<Row> rows =
        response.getUsersList().stream()
            .map(user ->
                new Row(
                    user.getUsername(),
                    user.getLabelsOrDefault(Answers.LABEL, ""),
                    Answers.of(Key.user(user.getUsername()), user, FROM_STORE)))
            .toList();
    return new Page(rows, response.getNextPageToken());
  }

  private static Page organizations(
      AccountServiceBlockingStub stub, String prefix, int size, String token) {
    var response =
        stub.listOrganizations(
            ListOrganizationsRequest.newBuilder()
                .setOrganizationNamePrefix(prefix)
                .setPageSize(size)
                .setPageToken(token)
                .build());
    List<Row> rows =
        response.getOrganizationsList().stream()
            .map(organization ->
                new Row(
                    organization.getOrganizationName(),
                    "",
                    Answers.of(
                        Key.organization(organization.getOrganizationName()),
                        organization,
                        FROM_STORE)))
            .toList();
    return new Page(rows, response.getNextPageToken());
  }

  /**
   * Judges whether one is listed, and as what.
   *
   * @param belongs whether the list shows it with this content
   */
  private void judge(
      Instance instance,
      Watch watch,
      long invoked,
      Map<String, Row> shown,
      Predicate<String> belongs) {
    Row row = shown.get(name(watch.key()));
    ledger.tally().list(row != null);
    if (row == null) {
      watch.notListed(instance.name(), invoked, belongs);
    } else {
      watch.answered(instance.name(), Consistency.STORE, 0, invoked, row.answer());
    }
  }
}
