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

/**
 * Reads lists of users and of organizations by the beginning of a name, page by page to the end.
 * Those that they show, and those that they do not show, are judged as reads of the store.
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
    Map<String, Answer> shown = shown(instance, kind, prefix);
    belonging.forEach(watch -> judge(instance, watch, invoked, shown));
  }

  private static String name(Key key) {
    return key.kind() == Kind.USER ? key.username() : key.organization();
  }

  private Map<String, Answer> shown(Instance instance, Kind kind, String prefix) {
    int size = ThreadLocalRandom.current().nextInt(1, LARGEST_PAGE);
    Map<String, Answer> shown = new HashMap<>();
    String last = "";
    String token = "";
    do {
      Page page = page(instance.stub(deadline), kind, prefix, size, token);
      for (Row row : page.rows()) {
        if (!row.name().startsWith(prefix) || row.name().compareTo(last) <= 0) {
          ledger
              .tally()
              .wrong("the list of " + prefix + "…: " + row.name() + " after \"" + last + "\"");
        }
        shown.put(row.name(), row.answer());
        last = row.name();
      }
      token = page.next();
    } while (!token.isEmpty());
    return shown;
  }

  private record Row(String name, Answer answer) {}

  private record Page(List<Row> rows, String next) {}

  private static Page page(
      AccountServiceBlockingStub stub, Kind kind, String prefix, int size, String token) {
    return kind == Kind.USER
        ? users(stub, prefix, size, token)
        : organizations(stub, prefix, size, token);
  }

  private static Page users(
      AccountServiceBlockingStub stub, String prefix, int size, String token) {
    var response =
        stub.listUsers(
            ListUsersRequest.newBuilder()
                .setUsernamePrefix(prefix)
                .setPageSize(size)
                .setPageToken(token)
                .build());
    List<Row> rows =
        response.getUsersList().stream()
            .map(user ->
                new Row(
                    user.getUsername(), Answers.of(Key.user(user.getUsername()), user, FROM_STORE)))
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
                    Answers.of(
                        Key.organization(organization.getOrganizationName()),
                        organization,
                        FROM_STORE)))
            .toList();
    return new Page(rows, response.getNextPageToken());
  }

  private void judge(Instance instance, Watch watch, long invoked, Map<String, Answer> shown) {
    Answer answer = shown.get(name(watch.key()));
    ledger.tally().list(answer != null);
    if (answer == null) {
      watch.notListed(instance.name(), invoked, value -> !value.equals(Answer.ABSENT));
    } else {
      watch.answered(instance.name(), Consistency.STORE, 0, invoked, answer);
    }
  }
}
