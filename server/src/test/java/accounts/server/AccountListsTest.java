package accounts.server;

import static accounts.v1.UserState.USER_STATE_DELETING;
import static accounts.v1.UserState.USER_STATE_SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.CreateOrganizationRequest;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.DeleteUserRequest;
import accounts.v1.ListOrganizationsRequest;
import accounts.v1.ListOrganizationsResponse;
import accounts.v1.ListUsersRequest;
import accounts.v1.ListUsersResponse;
import accounts.v1.Organization;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UndeleteUserRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Users and organizations, as somebody finds them who knows how their names begin. */
final class AccountListsTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();
  @AutoClose private static final TestService other = backends.start();

  @Test
  void listUsers_createdAndDeletedThroughOneInstance_areSoThroughTheOther() {
    for (int i = 0; i < 5; i++) {
      User created = service.createUser(TestService.fresh("swift"));
      assertThat(users(other, created.getUsername())).containsExactly(created);

      User suspended =
          other
              .stub()
              .suspendUser(
                  SuspendUserRequest.newBuilder().setUsername(created.getUsername()).build())
              .getUser();
      assertThat(suspended.getState()).isEqualTo(USER_STATE_SUSPENDED);
      assertThat(users(service, created.getUsername())).containsExactly(suspended);

      delete(service, created.getUsername());
      assertThat(users(other, created.getUsername())).isEmpty();

      User restored =
          other
              .stub()
              .undeleteUser(
                  UndeleteUserRequest.newBuilder().setUsername(created.getUsername()).build())
              .getUser();
      assertThat(users(service, created.getUsername())).containsExactly(restored);
    }
  }

  private static void delete(TestService by, String username) {
    var deleted =
        by.stub().deleteUser(DeleteUserRequest.newBuilder().setUsername(username).build());
    assertThat(deleted.hasUser()).isTrue();
  }

  @Test
  void listOrganizations_createdAndDeletedThroughOneInstance_areSoThroughTheOther() {
    String founder = service.newUser();
    Organization created =
        service.createOrganization(TestService.fresh("Swift Org"), founder).getOrganization();
    String name = created.getOrganizationName();
    assertThat(organizations(other, name).getOrganizationsList()).containsExactly(created);
    assertThat(organizations(other, "swift-").getOrganizationsList()).contains(created);

    var deleted =
        service
            .stub()
            .deleteOrganization(
                DeleteOrganizationRequest.newBuilder().setOrganizationName(name).build());
    assertThat(deleted.hasOrganization()).isTrue();
    assertThat(organizations(other, name).getOrganizationsList()).isEmpty();
  }

  @Test
  void listUsers_labelSetAndChangedThroughOneInstance_isSoThroughTheOther() {
    String plan = TestService.fresh("plan");
    for (int i = 0; i < 5; i++) {
      String username = service.createUser(TestService.fresh("labelled")).getUsername();
      User free = label(service, username, plan, "free");
      assertThat(labelled(other, plan + "=free")).containsExactly(free);

      User paid = label(other, username, plan, "paid");
      assertThat(labelled(service, plan + "=free")).isEmpty();
      assertThat(labelled(service, plan + "=paid")).containsExactly(paid);

      label(service, username, plan, "");
      assertThat(labelled(other, plan + "=paid")).isEmpty();
    }
  }

  private static User label(TestService by, String username, String key, String value) {
    return by.stub()
        .updateUser(
            UpdateUserRequest.newBuilder()
                .setUser(User.newBuilder().setUsername(username))
                .putSetLabels(key, value)
                .build())
        .getUser();
  }

  private static List<User> labelled(TestService by, String label) {
    return by.stub()
        .listUsers(ListUsersRequest.newBuilder().setLabel(label).build())
        .getUsersList();
  }

  @Test
  void listUsers_labelAndPrefix_hasThoseThatHaveBothOnPages() {
    for (String name : List.of("pa", "pb", "pc", "qa")) {
      label(service, service.createUser(name + TestService.fresh("x")).getUsername(), "p", "1");
    }
    ListUsersRequest.Builder request =
        ListUsersRequest.newBuilder().setUsernamePrefix("p").setLabel("p=1").setPageSize(2);

    ListUsersResponse first = other.stub().listUsers(request.build());
    ListUsersResponse second =
        other.stub().listUsers(request.setPageToken(first.getNextPageToken()).build());

    assertThat(first.getUsersList())
        .extracting(user -> user.getUsername().substring(0, 2))
        .containsExactly("pa", "pb");
    assertThat(second.getUsersList())
        .extracting(user -> user.getUsername().substring(0, 2))
        .containsExactly("pc");
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(Refused.by(() -> other.stub().listUsers(request.setLabel("p=2").build())).fields())
        .containsExactly("page_token");
  }

  // Left by an instance of a version before labels, which knows nothing of such entries.
  @Test
  void listUsers_entryOfALabelThatIsGone_isPassedOver() {
    String username = service.createUser(TestService.fresh("unlabelled")).getUsername();
    put(Map.of("PK", text("DIRECTORY#USER#gone=1"), "SK", text(username)));

    assertThat(labelled(other, "gone=1")).isEmpty();
  }

  @Test
  void listOrganizations_label_hasThoseThatHaveIt() {
    String owner = service.newUser();
    Organization labelled =
        service
            .stub()
            .createOrganization(
                CreateOrganizationRequest.newBuilder()
                    .setOrganizationName(TestService.fresh("org"))
                    .setFoundingUser(owner)
                    .putLabels("org.plan", "free")
                    .build())
            .getOrganization();
    service.newOrganization(owner);

    assertThat(
            other
                .stub()
                .listOrganizations(
                    ListOrganizationsRequest.newBuilder().setLabel("org.plan=free").build())
                .getOrganizationsList())
        .containsExactly(labelled);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "=free", "Plan=free", "plan=Free", "a=b=c"})
  void listUsers_labelThatNobodyCanHave_isRefused(String label) {
    assertThat(Refused.by(() -> labelled(service, label)).fields()).containsExactly("label");
  }

  @Test
  void listUsers_beingDeleted_isListedInItsState() {
    String username = service.createUser(TestService.fresh("leaving")).getUsername();
    setDeleting(username);

    assertThat(users(other, username))
        .singleElement()
        .satisfies(user -> assertThat(user.getState()).isEqualTo(USER_STATE_DELETING));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 23, 24, 100, 1000})
  void listUsers_anyPageSize_hasAllOnceInOrder(int size) {
    List<String> names = pagedUsers();

    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      ListUsersResponse page = page("paged-", size, token);
      assertThat(page.getUsersCount()).isLessThanOrEqualTo(Math.min(size, 100));
      page.getUsersList().forEach(user -> listed.add(user.getUsername()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(listed).isEqualTo(names);
  }

  private static List<String> pagedUsers() {
    List<String> names = IntStream.range(0, 24).mapToObj(i -> "paged-" + i).sorted().toList();
    if (users(service, "paged-").isEmpty()) {
      names.forEach(service::createUser);
    }
    return names;
  }

  @Test
  void listUsers_namesOfAllBeginnings_areListedWithoutAPrefix() {
    List<String> names = List.of("0-first", "Zoe", "anna", "zoe");
    names.forEach(service::createUser);

    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      ListUsersResponse page = page("", 100, token);
      page.getUsersList().forEach(user -> listed.add(user.getUsername()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(listed).containsSubsequence(names).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void listUsers_nameOfTheTokenDeleted_goesOnAfterIt() {
    List<String> names =
        IntStream.range(0, 4).mapToObj(i -> "token-" + i).peek(service::createUser).toList();
    String token = page("token-", 2, "").getNextPageToken();
    delete(service, names.get(1));

    assertThat(page("token-", 100, token).getUsersList())
        .extracting(User::getUsername)
        .containsExactly(names.get(2), names.get(3));
  }

  // Written by hand, or left by a version that knew of no directory: the name of nobody.
  @Test
  void listUsers_entryOfNobody_isPassedOver() {
    put(Map.of("PK", text("DIRECTORY#USER#n"), "SK", text("nobody-0")));
    service.createUser("nobody-1");

    ListUsersResponse first = page("nobody-", 1, "");

    assertThat(first.getUsersList()).isEmpty();
    assertThat(page("nobody-", 1, first.getNextPageToken()).getUsersList())
        .extracting(User::getUsername)
        .containsExactly("nobody-1");
  }

  // Changed by hand: they must not keep the others from being listed.
  @Test
  void listUsers_itemAndEntryNotUnderstood_arePassedOver() {
    List.of("odd-1", "odd-2", "odd-3").forEach(service::createUser);
    put(Map.of("PK", text("DIRECTORY#USER#o"), "SK", text("odd- no name")));
    put(Map.of("PK", text("USER#odd-2"), "SK", text("USER#odd-2")));

    ListUsersResponse first = page("odd-", 2, "");
    ListUsersResponse second = page("odd-", 2, first.getNextPageToken());

    assertThat(first.getUsersList()).extracting(User::getUsername).containsExactly("odd-1");
    assertThat(second.getUsersList()).extracting(User::getUsername).containsExactly("odd-3");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "-a", "a b", "é"})
  void listUsers_prefixOfNoUsername_isRefused(String prefix) {
    assertThat(Refused.by(() -> page(prefix, 1, "")).fields()).containsExactly("username_prefix");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "-", "a--", "a b", "é"})
  void listOrganizations_prefixOfNoSlug_isRefused(String prefix) {
    assertThat(Refused.by(() -> organizations(service, prefix)).fields())
        .containsExactly("organization_name_prefix");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "!", "AAAA", "💥"})
  void listUsers_tokenMadeUp_isRefused(String token) {
    assertThat(Refused.by(() -> page("", 10, token)).fields()).containsExactly("page_token");
  }

  @Test
  void listUsers_tokenOfAnotherPrefix_isRefused() {
    pagedUsers();
    String token = page("paged-", 1, "").getNextPageToken();

    assertThat(Refused.by(() -> page("paged", 1, token)).fields()).containsExactly("page_token");
  }

  @Test
  void listUsers_negativePageSize_isRefused() {
    assertThat(Refused.by(() -> page("", -1, "")).message())
        .isEqualTo("page_size: -1 (expected: 0 or more)");
  }

  // As a version that knew of no directory created it.
  @Test
  void listUsers_createdByAnOlderVersion_isListedWhenTheSearchHasEnded() {
    try (TestBackends old = new TestBackends();
        TestService before = old.start()) {
      String username = before.newUser();
      String organization = before.newOrganization(username);
      delete(old, "DIRECTORY#USER#u", username);
      delete(old, "DIRECTORY#ORG#o", organization);
      assertThat(users(before, "")).isEmpty();
      assertThat(organizations(before, "").getIncomplete()).isTrue();

      try (TestService filling = old.start(Map.of(), new FillingParts())) {
        assertThat(Eventually.get(filling::enteredAccounts, count -> count == 2)).isEqualTo(2);
        assertThat(users(before, "")).extracting(User::getUsername).containsExactly(username);
        assertThat(organizations(before, "").getOrganizationsList())
            .extracting(Organization::getOrganizationName)
            .containsExactly(organization);
        // Instances of that version may have created more behind the search.
        assertThat(page(filling, "o", 1, "").getIncomplete()).isTrue();
      }
    }
  }

  private static List<User> users(TestService by, String prefix) {
    return by.stub()
        .listUsers(ListUsersRequest.newBuilder().setUsernamePrefix(prefix).build())
        .getUsersList();
  }

  private static ListUsersResponse page(String prefix, int size, String token) {
    return page(service, prefix, size, token);
  }

  private static ListUsersResponse page(TestService by, String prefix, int size, String token) {
    return by.stub()
        .listUsers(
            ListUsersRequest.newBuilder()
                .setUsernamePrefix(prefix)
                .setPageSize(size)
                .setPageToken(token)
                .build());
  }

  private static ListOrganizationsResponse organizations(TestService by, String prefix) {
    return by.stub()
        .listOrganizations(
            ListOrganizationsRequest.newBuilder().setOrganizationNamePrefix(prefix).build());
  }

  private static void setDeleting(String username) {
    backends
        .client()
        .updateItem(update ->
            update
                .tableName(backends.table())
                .key(Map.of("PK", text("USER#" + username), "SK", text("USER#" + username)))
                .updateExpression("SET deleting = :true")
                .expressionAttributeValues(Map.of(":true", AttributeValue.fromBool(true))))
        .join();
  }

  private static void put(Map<String, AttributeValue> item) {
    backends.client().putItem(put -> put.tableName(backends.table()).item(item)).join();
  }

  private static void delete(TestBackends old, String partition, String sort) {
    old.client()
        .deleteItem(delete ->
            delete.tableName(old.table()).key(Map.of("PK", text(partition), "SK", text(sort))))
        .join();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
