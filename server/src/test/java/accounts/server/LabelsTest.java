package accounts.server;

import static accounts.server.TestService.fresh;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AuditEntry;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.DeleteUserRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.ListChangesRequest;
import accounts.v1.Organization;
import accounts.v1.UndeleteUserRequest;
import accounts.v1.UpdateOrganizationRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.google.protobuf.FieldMask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Labels, from a caller's side: what one instance acknowledged, every other answers. */
@Timeout(120)
final class LabelsTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService one = backends.start();
  @AutoClose private static final TestService two = backends.start();

  private final String user = fresh("user");

  @Test
  void createUser_labels_areInTheResponseAndInEveryRead() {
    User created = create(Map.of("billing.plan", "free", "team", ""));

    assertThat(created.getLabelsMap()).isEqualTo(Map.of("billing.plan", "free", "team", ""));
    assertThat(two.getUser(user).getUser()).isEqualTo(created);
    backends.flushCache();
    assertThat(two.getUser(user).getUser()).isEqualTo(created);
  }

  @Test
  void updateUser_labels_areFreshThroughEveryInstance() {
    create(Map.of("plan", "free", "team", "red"));
    assertThat(two.getUser(user).getUser().getLabelsMap()).containsEntry("plan", "free");

    User updated = update(one, Map.of("plan", "paid"), "team");

    assertThat(updated.getLabelsMap()).isEqualTo(Map.of("plan", "paid"));
    assertThat(two.getUser(user).getUser()).isEqualTo(updated);
    assertThat(changedFields()).isEqualTo(List.of("labels"));
  }

  @Test
  void updateUser_sameLabels_leavesTheRevision() {
    User created = create(Map.of("plan", "free"));

    assertThat(update(two, Map.of("plan", "free"), "unknown")).isEqualTo(created);
  }

  @Test
  void updateUser_allLabelsRemoved_hasNone() {
    create(Map.of("plan", "free"));

    update(one, Map.of(), "plan");

    assertThat(two.getUser(user).getUser().getLabelsMap()).isEmpty();
    backends.flushCache();
    assertThat(two.getUser(user).getUser().getLabelsMap()).isEmpty();
  }

  @Test
  void updateUser_names_leavesTheLabels() {
    create(Map.of("plan", "free"));

    User renamed =
        two.stub()
            .updateUser(
                UpdateUserRequest.newBuilder()
                    .setUser(User.newBuilder().setUsername(user).setLastName("New"))
                    .build())
            .getUser();

    assertThat(renamed.getLabelsMap()).isEqualTo(Map.of("plan", "free"));
    assertThat(one.getUser(user).getUser()).isEqualTo(renamed);
  }

  // Who notes one thing need not know of who notes another.
  @Test
  void updateUser_otherLabelsAtOnce_loseNone() {
    create(Map.of());

    List<CompletableFuture<User>> updates =
        IntStream.range(0, 8)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(
                    () -> update(i % 2 == 0 ? one : two, Map.of("k" + i, "v" + i))))
            .toList();
    updates.forEach(CompletableFuture::join);

    assertThat(one.getUser(user).getUser().getLabelsMap()).hasSize(8);
    assertThat(two.getUser(user).getUser().getRevision()).isEqualTo(9);
  }

  @Test
  void updateUser_tooManyLabels_isRefusedAndRepeatedTheSame() {
    Map<String, String> full = new LinkedHashMap<>();
    IntStream.range(0, 32).forEach(i -> full.put("k" + i, "v".repeat(63)));
    User created = create(full);
    UpdateUserRequest request =
        updating(Map.of("new", ""), List.of()).setRequestId(UUID.randomUUID().toString()).build();

    Refused refused = Refused.by(() -> one.stub().updateUser(request));

    assertThat(refused.reason()).isEqualTo("TOO_MANY_LABELS");
    assertThat(refused.metadata()).containsEntry("username", user).containsEntry("labels", "33");
    assertThat(two.getUser(user).getUser()).isEqualTo(created);
    update(two, Map.of(), "k0");
    assertThat(Refused.by(() -> two.stub().updateUser(request)).reason())
        .isEqualTo("TOO_MANY_LABELS");
  }

  // The order of a map's entries on the wire is any.
  @Test
  void createUser_repeatedWithLabelsInOtherOrder_returnsTheFirstOutcome() {
    String id = UUID.randomUUID().toString();
    CreateUserRequest forth =
        creating().setRequestId(id).putLabels("a", "1").putLabels("b", "2").build();
    CreateUserRequest back =
        creating().setRequestId(id).putLabels("b", "2").putLabels("a", "1").build();

    assertThat(two.stub().createUser(back)).isEqualTo(one.stub().createUser(forth));
  }

  // Keys that are removed are a set.
  @Test
  void updateUser_repeatedWithRemovalsInOtherOrder_returnsTheFirstOutcome() {
    create(Map.of("a", "1", "b", "2", "c", "3"));
    String id = UUID.randomUUID().toString();
    UpdateUserRequest forth = updating(Map.of(), List.of("a", "b", "c")).setRequestId(id).build();
    UpdateUserRequest back =
        updating(Map.of(), List.of("c", "a", "b", "a")).setRequestId(id).build();

    assertThat(two.stub().updateUser(back)).isEqualTo(one.stub().updateUser(forth));
    UpdateUserRequest other = updating(Map.of(), List.of("a", "b")).setRequestId(id).build();
    assertThat(Refused.by(() -> one.stub().updateUser(other)).reason())
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void updateOrganization_repeatedWithRemovalsInOtherOrder_returnsTheFirstOutcome() {
    create(Map.of());
    String name = createOrganization(Map.of("a", "1", "b", "2", "c", "3"));
    UpdateOrganizationRequest.Builder request =
        updatingOrganization(name).setRequestId(UUID.randomUUID().toString());
    UpdateOrganizationRequest forth =
        request.clone().addAllRemoveLabels(List.of("a", "b", "c")).build();
    UpdateOrganizationRequest back =
        request.clone().addAllRemoveLabels(List.of("b", "c", "a", "b")).build();

    assertThat(two.stub().updateOrganization(back)).isEqualTo(one.stub().updateOrganization(forth));
  }

  @Test
  void createUser_repeatedWithOtherLabels_isReused() {
    CreateUserRequest request =
        creating().setRequestId(UUID.randomUUID().toString()).putLabels("a", "1").build();
    assertThat(one.stub().createUser(request).hasUser()).isTrue();

    assertThat(
            Refused.by(() -> two.stub().createUser(request.toBuilder().putLabels("a", "2").build()))
                .reason())
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void updateUser_labelsOfTheUserWithoutMask_isAnInvalidField() {
    create(Map.of());
    UpdateUserRequest request =
        UpdateUserRequest.newBuilder()
            .setUser(User.newBuilder().setUsername(user).setLastName("New").putLabels("a", "b"))
            .build();

    assertThat(Refused.by(() -> one.stub().updateUser(request)).fields())
        .containsExactly("user.labels");
    FieldMask mask = FieldMask.newBuilder().addPaths("last_name").build();
    assertThat(
            one.stub()
                .updateUser(request.toBuilder().setUpdateMask(mask).build())
                .getUser()
                .getLabelsMap())
        .isEmpty();
  }

  @Test
  void undeleteUser_labelled_hasItsLabelsAgain() {
    create(Map.of("plan", "free"));
    var unused = one.stub().deleteUser(DeleteUserRequest.newBuilder().setUsername(user).build());

    var restored =
        two.stub().undeleteUser(UndeleteUserRequest.newBuilder().setUsername(user).build());

    assertThat(restored.getUser().getLabelsMap()).isEqualTo(Map.of("plan", "free"));
    assertThat(one.getUser(user).getUser()).isEqualTo(restored.getUser());
  }

  @Test
  void organization_labels_areCreatedChangedAndRead() {
    create(Map.of());
    String name = fresh("org");
    Organization created =
        one.stub()
            .createOrganization(
                CreateOrganizationRequest.newBuilder()
                    .setOrganizationName(name)
                    .setFoundingUser(user)
                    .putLabels("plan", "free")
                    .build())
            .getOrganization();
    assertThat(organization(two, name)).isEqualTo(created);

    Organization updated =
        two.stub()
            .updateOrganization(
                UpdateOrganizationRequest.newBuilder()
                    .setOrganizationName(name)
                    .setActingUser(user)
                    .putSetLabels("region", "eu")
                    .addRemoveLabels("plan")
                    .build())
            .getOrganization();

    assertThat(updated.getLabelsMap()).isEqualTo(Map.of("region", "eu"));
    assertThat(updated.getDisplayName()).isEqualTo(created.getDisplayName());
    assertThat(organization(one, name)).isEqualTo(updated);
  }

  // The largest change there is: with the entries of 64 labels, DynamoDB takes 100 items at most.
  @Test
  void updateOrganization_allLabelsReplaced_leavesTheEntriesOfTheNewOnesAlone() {
    create(Map.of());
    Map<String, String> before = most("a");
    Map<String, String> after = most("b");
    String name = createOrganization(before);
    assertThat(entries(name)).isEqualTo(text(before));

    Organization updated =
        two.stub()
            .updateOrganization(
                updatingOrganization(name)
                    .setDisplayName("Other")
                    .setRequestId(UUID.randomUUID().toString())
                    .putAllSetLabels(after)
                    .addAllRemoveLabels(before.keySet())
                    .build())
            .getOrganization();

    assertThat(updated.getLabelsMap()).isEqualTo(after);
    assertThat(organization(one, name)).isEqualTo(updated);
    assertThat(entries(name)).isEqualTo(text(after));
  }

  /** As many labels as there can be, of the greatest size. */
  private static Map<String, String> most(String letter) {
    Map<String, String> labels = new LinkedHashMap<>();
    IntStream.range(0, 32)
        .forEach(
            i -> labels.put((letter + i + letter.repeat(63)).substring(0, 63), "v".repeat(63)));
    return labels;
  }

  private static Set<String> text(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.toSet());
  }

  /** Returns the labels under which the directory has an organization. */
  private static Set<String> entries(String organization) {
    String directory = "DIRECTORY#ORG#";
    return TableContents.items(backends).stream()
        .filter(item -> text(item, "SK").equals(organization))
        .map(item -> text(item, "PK"))
        .filter(partition -> partition.startsWith(directory) && partition.contains("="))
        .map(partition -> partition.substring(directory.length()))
        .collect(Collectors.toSet());
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return requireNonNull(item.get(name)).s();
  }

  private String createOrganization(Map<String, String> labels) {
    CreateOrganizationRequest request =
        CreateOrganizationRequest.newBuilder()
            .setOrganizationName(fresh("org"))
            .setFoundingUser(user)
            .putAllLabels(labels)
            .build();
    return one.stub().createOrganization(request).getOrganization().getOrganizationName();
  }

  private UpdateOrganizationRequest.Builder updatingOrganization(String name) {
    return UpdateOrganizationRequest.newBuilder().setOrganizationName(name).setActingUser(user);
  }

  private static Organization organization(TestService service, String name) {
    return service
        .stub()
        .getOrganization(GetOrganizationRequest.newBuilder().setOrganizationName(name).build())
        .getOrganization();
  }

  private User create(Map<String, String> labels) {
    return one.stub().createUser(creating().putAllLabels(labels).build()).getUser();
  }

  private CreateUserRequest.Builder creating() {
    return CreateUserRequest.newBuilder()
        .setUsername(user)
        .setFirstName("Olivia")
        .setLastName("Ray");
  }

  private User update(TestService service, Map<String, String> set, String... removed) {
    return service.stub().updateUser(updating(set, List.of(removed)).build()).getUser();
  }

  private UpdateUserRequest.Builder updating(Map<String, String> set, List<String> removed) {
    return UpdateUserRequest.newBuilder()
        .setUser(User.newBuilder().setUsername(user))
        .putAllSetLabels(set)
        .addAllRemoveLabels(removed);
  }

  private List<String> changedFields() {
    List<AuditEntry> changes =
        one.stub()
            .listChanges(ListChangesRequest.newBuilder().setUsername(user).build())
            .getChangesList();
    return List.copyOf(changes.getLast().getChangedFieldsList());
  }
}
