package accounts.server;

import static accounts.server.TestService.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.BatchGetUsersRequest;
import accounts.v1.BatchGetUsersResponse;
import accounts.v1.Consistency;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import accounts.v1.UserResult;
import com.google.protobuf.FieldMask;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Users, from a caller's side. */
final class UserCallsTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();

  @Test
  void createUser_new_isAtRevisionOne() {
    User user = service.createUser(fresh("user"));

    assertThat(user.getRevision()).isEqualTo(1);
    assertThat(user.getCreateTime()).isEqualTo(user.getUpdateTime());
  }

  @Test
  void createUser_looked_up_before_isFoundAfterwards() {
    String username = fresh("user");
    assertThat(Refused.by(() -> service.getUser(username)).reason()).isEqualTo("USER_NOT_FOUND");

    User user = service.createUser(username);

    assertThat(service.getUser(username).getUser()).isEqualTo(user);
  }

  @Test
  void getUser_otherLetterCase_isAnotherUser() {
    String username = service.newUser();

    assertThat(Refused.by(() -> service.getUser(username.replace('u', 'U'))).reason())
        .isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void getUser_twice_comesFromTheStoreThenFromTheCache() {
    String username = service.newUser();
    backends.flushCache();

    assertThat(service.getUser(username).getSource()).isEqualTo(Source.SOURCE_STORE);
    assertThat(
            Eventually.get(
                    () -> service.getUser(username),
                    answer -> answer.getSource() == Source.SOURCE_CACHE)
                .getUser()
                .getUsername())
        .isEqualTo(username);
  }

  @Test
  void getUser_absentTwice_isCachedAbsence() {
    String username = fresh("nobody");

    assertThat(batch(username).getSource()).isEqualTo(Source.SOURCE_STORE);
    assertThat(cachedBatch(username).getResults(0).hasUser()).isFalse();
  }

  @Test
  void getUser_consistencyStore_passesTheCacheBy() {
    String username = service.newUser();
    GetUserRequest.Builder request = GetUserRequest.newBuilder().setUsername(username);

    GetUserResponse response =
        service.stub().getUser(request.setConsistency(Consistency.CONSISTENCY_STORE).build());

    assertThat(response.getSource()).isEqualTo(Source.SOURCE_STORE);
  }

  @Test
  void getUser_consistencyBounded_isAnswered() {
    User user = service.createUser(fresh("user"));
    GetUserRequest.Builder request = GetUserRequest.newBuilder().setUsername(user.getUsername());

    GetUserResponse response =
        service.stub().getUser(request.setConsistency(Consistency.CONSISTENCY_BOUNDED).build());

    assertThat(response.getUser()).isEqualTo(user);
  }

  @Test
  void getUser_minRevisionThatIs_isAnswered() {
    User user = service.createUser(fresh("user"));

    assertThat(atLeast(user.getUsername(), 1).getUser()).isEqualTo(user);
  }

  @Test
  void getUser_minRevisionThatIsNotYet_isAnInvalidField() {
    String username = service.newUser();

    Refused refused = Refused.by(() -> atLeast(username, 2));

    assertThat(refused.reason()).isEqualTo("INVALID_FIELD");
    assertThat(refused.fields()).containsExactly("min_revision");
  }

  @Test
  void getUser_minRevisionOfWhatNeverWas_isAnInvalidField() {
    assertThat(Refused.by(() -> atLeast(fresh("nobody"), 1)).fields())
        .containsExactly("min_revision");
  }

  private static GetUserResponse atLeast(String username, long revision) {
    return service
        .stub()
        .getUser(
            GetUserRequest.newBuilder().setUsername(username).setMinRevision(revision).build());
  }

  @Test
  void batchGetUsers_duplicatesAndAbsences_answersInTheRequestsOrder() {
    User one = service.createUser(fresh("user"));
    User two = service.createUser(fresh("user"));
    String nobody = fresh("nobody");

    BatchGetUsersResponse response =
        batch(two.getUsername(), nobody, one.getUsername(), two.getUsername());

    assertThat(response.getResultsList())
        .extracting(UserResult::getUsername)
        .containsExactly(two.getUsername(), nobody, one.getUsername(), two.getUsername());
    assertThat(response.getResultsList())
        .extracting(UserResult::getUser)
        .containsExactly(two, User.getDefaultInstance(), one, two);
    assertThat(response.getResults(1).hasNotFound()).isTrue();
  }

  @Test
  void batchGetUsers_duplicatesFromTheStore_areAnswered() {
    User user = service.createUser(fresh("user"));
    BatchGetUsersRequest request =
        BatchGetUsersRequest.newBuilder()
            .addUsernames(user.getUsername())
            .addUsernames(user.getUsername())
            .setConsistency(Consistency.CONSISTENCY_STORE)
            .build();

    assertThat(service.stub().batchGetUsers(request).getResultsList())
        .extracting(UserResult::getUser)
        .containsExactly(user, user);
  }

  @Test
  void batchGetUsers_oneCachedAndOneNot_saysTheFarthestSource() {
    String cached = service.newUser();
    String other = service.newUser();
    backends.flushCache();
    assertThat(service.getUser(cached).getUser().getUsername()).isEqualTo(cached);

    assertThat(batch(cached, other).getSource()).isEqualTo(Source.SOURCE_STORE);
    assertThat(cachedBatch(cached, other).getResultsCount()).isEqualTo(2);
  }

  @Test
  void batchGetUsers_hundred_areAllAnswered() {
    List<String> names =
        java.util.stream.Stream.generate(() -> fresh("nobody")).limit(100).toList();

    assertThat(batch(names.toArray(String[]::new)).getResultsList())
        .extracting(UserResult::getUsername)
        .isEqualTo(names);
  }

  private static BatchGetUsersResponse batch(String... usernames) {
    return service
        .stub()
        .batchGetUsers(
            BatchGetUsersRequest.newBuilder().addAllUsernames(List.of(usernames)).build());
  }

  /** Asks until all of it comes from the cache, which is filled behind the callers' backs. */
  private static BatchGetUsersResponse cachedBatch(String... usernames) {
    return Eventually.get(
        () -> batch(usernames), answer -> answer.getSource() == Source.SOURCE_CACHE);
  }

  @Test
  void updateUser_maskNamesOneField_leavesTheOther() {
    String username = service.newUser();

    User updated = update(username, "Ada", "Byron", "last_name");

    assertThat(updated.getFirstName()).isEqualTo("Olivia");
    assertThat(updated.getLastName()).isEqualTo("Byron");
  }

  @Test
  void updateUser_maskIsAStar_changesBoth() {
    User updated = update(service.newUser(), "Ada", "Byron", "*");

    assertThat(updated.getFirstName()).isEqualTo("Ada");
    assertThat(updated.getLastName()).isEqualTo("Byron");
  }

  @Test
  void updateUser_noMask_changesWhatIsSet() {
    User updated = update(service.newUser(), "Ada", "");

    assertThat(updated.getFirstName()).isEqualTo("Ada");
    assertThat(updated.getLastName()).isEqualTo("Ray");
  }

  @Test
  void updateUser_maskNamesAnEmptyField_isRefused() {
    String username = service.newUser();

    assertThat(Refused.by(() -> update(username, "Ada", "", "last_name")).fields())
        .containsExactly("user.last_name");
  }

  @Test
  void updateUser_maskNamesAnUnknownField_isRefused() {
    String username = service.newUser();

    assertThat(Refused.by(() -> update(username, "Ada", "", "first_name", "revision")).fields())
        .containsExactly("update_mask");
  }

  @Test
  void updateUser_starBesideAName_isRefused() {
    String username = service.newUser();

    assertThat(Refused.by(() -> update(username, "Ada", "Byron", "*", "first_name")).fields())
        .containsExactly("update_mask");
  }

  @Test
  void updateUser_nothingSet_isRefused() {
    String username = service.newUser();

    assertThat(Refused.by(() -> update(username, "", "")).fields()).containsExactly("update_mask");
  }

  @Test
  void updateUser_changed_isAtTheNextRevisionAndSeenByReads() {
    String username = service.newUser();

    User updated = update(username, "Ada", "");

    assertThat(updated.getRevision()).isEqualTo(2);
    assertThat(service.getUser(username).getUser()).isEqualTo(updated);
  }

  @Test
  void updateUser_nothingDifferent_keepsTheRevision() {
    User user = service.createUser(fresh("user"));

    assertThat(update(user.getUsername(), "Olivia", "Ray")).isEqualTo(user);
  }

  @Test
  void updateUser_expectedRevisionThatIs_isDone() {
    String username = service.newUser();
    UpdateUserRequest request = updating(username, "Ada", "").setExpectedRevision(1).build();

    assertThat(service.stub().updateUser(request).getUser().getRevision()).isEqualTo(2);
  }

  @Test
  void updateUser_otherFieldsOfTheUserSet_areIgnored() {
    User user = service.createUser(fresh("user"));
    UpdateUserRequest request =
        UpdateUserRequest.newBuilder()
            .setUser(user.toBuilder().setFirstName("Ada").setRevision(77).clearCreateTime())
            .build();

    User updated = service.stub().updateUser(request).getUser();

    assertThat(updated.getRevision()).isEqualTo(2);
    assertThat(updated.getCreateTime()).isEqualTo(user.getCreateTime());
  }

  private static User update(String username, String first, String last, String... paths) {
    UpdateUserRequest.Builder request = updating(username, first, last);
    if (paths.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }
    return service.stub().updateUser(request.build()).getUser();
  }

  private static UpdateUserRequest.Builder updating(String username, String first, String last) {
    return UpdateUserRequest.newBuilder()
        .setUser(User.newBuilder().setUsername(username).setFirstName(first).setLastName(last));
  }
}
