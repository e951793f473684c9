package accounts.store.dynamodb;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.LABELS;
import static accounts.domain.Samples.invitation;
import static accounts.domain.Samples.labelled;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import accounts.async.CallScope;
import accounts.domain.Invitation;
import accounts.domain.Labels;
import accounts.domain.Membership;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.store.AccountStore;
import accounts.store.AuditEntry;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.Origin;
import accounts.store.Outcome;
import accounts.store.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What lies in the table, as ADR 2 has it. */
final class TableTest {

  /** Far ahead: DynamoDB Local deletes what has expired by its own clock. */
  private static final Instant NOW = Instant.parse("2046-03-01T00:00:00Z");

  @AutoClose private final LocalTable table = new LocalTable();
  private final AccountStore store = table.store(InstantSource.fixed(NOW));

  @Test
  void commit_user_liesAsDocumented() {
    commit(Optional.empty(), new Change.Create(user("alice")));

    assertThat(table.item("USER#alice", "USER#alice")).isEqualTo(userItem("alice"));
  }

  private static Map<String, AttributeValue> userItem(String name) {
    return Map.of(
        "PK", fromS("USER#" + name),
        "SK", fromS("USER#" + name),
        "username", fromS(name),
        "firstName", fromS("Élodie"),
        "lastName", fromS("O'Neil"),
        "state", fromS("ACTIVE"),
        "deleting", AttributeValue.fromBool(false),
        "revision", fromN("1"),
        "createTime", fromS("2026-01-31T12:00:00.120Z"),
        "updateTime", fromS("2026-01-31T12:00:00.120Z"));
  }

  @Test
  void commit_suspendedUser_liesAsDocumented() {
    commit(Optional.empty(), new Change.Create(user("alice")));
    User suspended = user("alice").inState(UserState.SUSPENDED, CHANGED);
    commit(Optional.empty(), new Change.Replace(suspended));

    assertThat(table.item("USER#alice", "USER#alice"))
        .containsEntry("state", fromS("SUSPENDED"))
        .containsEntry("revision", fromN("2"));
  }

  @Test
  void commit_labels_lieInAMapOnlyWhereThereAreSome() {
    commit(Optional.empty(), new Change.Create(user("alice")));
    User labelled = labelled(user("alice"), LABELS);
    commit(Optional.empty(), new Change.Replace(labelled, Labels.NONE));

    assertThat(table.item("USER#alice", "USER#alice"))
        .containsEntry("labels", fromM(Map.of("billing.plan", fromS("free"), "team", fromS(""))));

    commit(Optional.empty(), new Change.Replace(labelled(labelled, Labels.NONE), LABELS));

    assertThat(table.item("USER#alice", "USER#alice")).doesNotContainKey("labels");
  }

  // An instance of a version before labels, during a rolling update: it sets what it knows.
  @Test
  void read_namesSetByAVersionBeforeLabels_keepsTheLabels() {
    commit(Optional.empty(), new Change.Create(user("alice")));
    User labelled = labelled(user("alice"), LABELS);
    commit(Optional.empty(), new Change.Replace(labelled, Labels.NONE));

    table.update(
        "USER#alice",
        "SET #revision = :revision, #firstName = :firstName",
        Map.of("#revision", "revision", "#firstName", "firstName"),
        Map.of(":revision", fromN("3"), ":firstName", fromS("Renamed2")));

    assertThat(
            store
                .read(List.of(userKey("alice")), scope())
                .join()
                .get(userKey("alice"))
                .toOptional())
        .contains(renamed(labelled));
  }

  // Written before there were states.
  @Test
  void read_userWithoutState_isActive() {
    Map<String, AttributeValue> item = new HashMap<>(userItem("alice"));
    item.remove("state");
    table.put(item);

    assertThat(
            store
                .read(List.of(userKey("alice")), scope())
                .join()
                .get(userKey("alice"))
                .toOptional())
        .contains(user("alice"));
    commit(Optional.empty(), new Change.RequireActive(username("alice")));
  }

  @Test
  void commit_organization_liesWithItsOwners() {
    commit(Optional.empty(), new Change.Create(organization("The Org")));

    assertThat(table.item("ORG#the-org", "ORG#the-org"))
        .containsEntry("organizationName", fromS("the-org"))
        .containsEntry("displayName", fromS("The Org"))
        .containsEntry("foundingUser", fromS("founder"))
        .containsEntry("owners", fromN("1"));
  }

  @Test
  void commit_userAndOrganization_haveEntriesInTheDirectory() {
    commit(Optional.empty(), new Change.Create(user("alice")));
    commit(Optional.empty(), new Change.Create(organization("The Org")));

    assertThat(table.item("DIRECTORY#USER#a", "alice"))
        .isEqualTo(Map.of("PK", fromS("DIRECTORY#USER#a"), "SK", fromS("alice")));
    assertThat(table.item("DIRECTORY#ORG#t", "the-org"))
        .isEqualTo(Map.of("PK", fromS("DIRECTORY#ORG#t"), "SK", fromS("the-org")));
  }

  @Test
  void commit_endedAndRestored_leavesTheDirectoryAndComesBack() {
    commit(Optional.empty(), new Change.Create(user("alice")));
    User deleting = user("alice").deleting(true, CHANGED);
    commit(Optional.empty(), new Change.Replace(deleting));
    assertThat(table.item("DIRECTORY#USER#a", "alice")).isNotEmpty();

    User ended = deleting.deleting(false, CHANGED);
    commit(Optional.empty(), new Change.End(ended, CHANGED.plusSeconds(60)));
    assertThat(table.item("DIRECTORY#USER#a", "alice")).isEmpty();

    commit(Optional.empty(), new Change.Restore(ended.deleting(false, CHANGED.plusSeconds(1))));
    assertThat(table.item("DIRECTORY#USER#a", "alice")).isNotEmpty();
  }

  // An entry and its account are one commit.
  @Test
  void commit_nameTaken_leavesTheDirectory() {
    commit(Optional.empty(), new Change.Create(user("alice")));
    table.delete("DIRECTORY#USER#a", "alice");

    assertThat(
            store
                .commit(
                    new Commit(
                        List.of(new Change.Create(user("alice"))), Optional.empty(), List.of()),
                    scope())
                .join())
        .isInstanceOf(CommitResult.Conflict.class);
    assertThat(table.item("DIRECTORY#USER#a", "alice")).isEmpty();
  }

  @Test
  void commit_membership_liesOnceForEachDirection() {
    commit(Optional.empty(), new Change.Create(membership("org", "alice", Role.ADMIN)));
    Map<String, AttributeValue> byUser = new HashMap<>(table.item("USERORGS#alice", "ORG#org"));
    Map<String, AttributeValue> byOrganization =
        new HashMap<>(table.item("ORGMEMBERS#org", "MEMBER#alice"));
    List.of(byUser, byOrganization).forEach(item -> item.keySet().removeAll(List.of("PK", "SK")));

    assertThat(byOrganization).containsEntry("role", fromS("ADMIN"));
    assertThat(byUser).isEqualTo(byOrganization);
  }

  @Test
  void commit_removal_leavesItsRevisionInOneDirection() {
    Membership member = membership("org", "alice", Role.ADMIN);
    commit(Optional.empty(), new Change.Create(member));
    commit(Optional.empty(), new Change.Remove(member.removed(CHANGED)));

    assertThat(table.item("ORGMEMBERS#org", "MEMBER#alice"))
        .containsEntry("removed", fromBool(true))
        .containsEntry("revision", fromN("2"));
    assertThat(table.item("USERORGS#alice", "ORG#org")).isEmpty();
  }

  @Test
  void commit_invitation_liesOnceForEachDirectionAndExpires() {
    Invitation invitation = invitation("org", "alice", Role.ADMIN);
    commit(Optional.empty(), new Change.PutInvitation(invitation, Optional.empty()));
    Map<String, AttributeValue> byUser =
        new HashMap<>(table.item("USERINVITATIONS#alice", "ORG#org"));
    Map<String, AttributeValue> byOrganization =
        new HashMap<>(table.item("ORGINVITATIONS#org", "USER#alice"));
    List.of(byUser, byOrganization).forEach(item -> item.keySet().removeAll(List.of("PK", "SK")));

    assertThat(byOrganization)
        .containsOnly(
            Map.entry("organizationName", fromS("org")),
            Map.entry("username", fromS("alice")),
            Map.entry("role", fromS("ADMIN")),
            Map.entry("invitingUser", fromS("olivia")),
            Map.entry("organizationCreateTime", fromS("2026-01-31T12:00:00.120Z")),
            Map.entry("userCreateTime", fromS("2026-01-31T12:00:00.120Z")),
            Map.entry("invitingMembershipCreateTime", fromS("2026-01-31T12:00:00.120Z")),
            Map.entry("membershipRevision", fromN("0")),
            Map.entry("createTime", fromS("2026-01-31T12:00:00.120Z")),
            Map.entry("expireTime", fromS("2126-01-07T12:00:00.120Z")),
            Map.entry(
                "expires", fromN(Long.toString(invitation.expireTime().getEpochSecond() + 1))));
    assertThat(byUser).isEqualTo(byOrganization);
  }

  @Test
  void commit_record_expiresAfterTwoDays() {
    RequestRecord record =
        new RequestRecord(
            RequestId.of("123e4567-e89b-12d3-a456-426614174000"),
            "content",
            new Outcome.Done(List.of(user("alice"))));
    commit(Optional.of(record));

    assertThat(
            table.item(
                "REQUEST#123e4567-e89b-12d3-a456-426614174000",
                "REQUEST#123e4567-e89b-12d3-a456-426614174000"))
        .containsEntry("fingerprint", fromS("content"))
        .containsEntry(
            "expires", fromN(Long.toString(NOW.plus(Duration.ofDays(2)).getEpochSecond())));
  }

  @Test
  void commit_entryOfAUser_liesInItsTrail() {
    record(
        new AuditEntry(
            userKey("alice"),
            AuditEntry.Action.UPDATED,
            new Revision(12),
            CHANGED,
            new Origin(
                Optional.of("spiffe://example.org/billing"),
                Optional.of(username("alice")),
                Optional.of(RequestId.of("123e4567-e89b-12d3-a456-426614174000"))),
            List.of("first_name"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));

    assertThat(table.item("USERAUDIT#alice", "ITSELF#0000000000000000012"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("PK", fromS("USERAUDIT#alice")),
                Map.entry("SK", fromS("ITSELF#0000000000000000012")),
                Map.entry("username", fromS("alice")),
                Map.entry("action", fromS("UPDATED")),
                Map.entry("revision", fromN("12")),
                Map.entry("time", fromS("2026-02-01T08:30:00.007Z")),
                Map.entry("caller", fromS("spiffe://example.org/billing")),
                Map.entry("actingUser", fromS("alice")),
                Map.entry("requestId", fromS("123e4567-e89b-12d3-a456-426614174000")),
                Map.entry("changedFields", fromL(List.of(fromS("first_name")))),
                Map.entry("expires", expires(CHANGED.plus(LocalTable.RETENTION)))));
  }

  @Test
  void commit_entryOfAMembership_liesInBothTrails() {
    record(
        new AuditEntry(
            membershipKey("org", "alice"),
            AuditEntry.Action.UPDATED,
            new Revision(2),
            CHANGED,
            new Origin(Optional.empty(), Optional.empty(), Optional.empty()),
            List.of(),
            Optional.of(Role.ADMIN),
            Optional.of(Role.MEMBER),
            Optional.empty()));
    Map<String, AttributeValue> byUser =
        new HashMap<>(table.item("USERAUDIT#alice", "ORG#org#0000000000000000002"));
    Map<String, AttributeValue> byOrganization =
        new HashMap<>(table.item("ORGAUDIT#org", "MEMBER#alice#0000000000000000002"));
    List.of(byUser, byOrganization).forEach(item -> item.keySet().removeAll(List.of("PK", "SK")));

    assertThat(byOrganization)
        .isEqualTo(byUser)
        .containsEntry("roleBefore", fromS("ADMIN"))
        .containsEntry("roleAfter", fromS("MEMBER"))
        .containsEntry("expires", expires(CHANGED.plus(LocalTable.RETENTION)));
  }

  private void record(AuditEntry entry) {
    assertThat(
            store.commit(new Commit(List.of(), Optional.empty(), List.of(entry)), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  private static AttributeValue expires(Instant time) {
    return fromN(Long.toString(time.getEpochSecond()));
  }

  // Nonsense in the table is nobody's malformed request.
  @ParameterizedTest
  @CsvSource({
    "username, S, #",
    "username, N, 1",
    "firstName, S, ''",
    "revision, S, 1",
    "revision, N, -1",
    "revision, N, 1.5",
    "createTime, S, yesterday",
  })
  void read_nonsense_namesItemAndAttribute(String attribute, String type, String value) {
    Map<String, AttributeValue> item = new HashMap<>(userItem("alice"));
    item.put(attribute, type.equals("N") ? fromN(value) : fromS(value));
    table.put(item);

    assertThatRead().hasMessageContaining("USER#alice").hasMessageContaining(attribute);
  }

  @Test
  void read_attributeMissing_namesItemAndAttribute() {
    Map<String, AttributeValue> item = new HashMap<>(userItem("alice"));
    item.remove("lastName");
    table.put(item);

    assertThatRead().hasMessageContaining("USER#alice").hasMessageContaining("lastName");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertThatRead() {
    return assertThatThrownBy(() -> store.read(List.of(userKey("alice")), scope()).join())
        .cause()
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void read_unknownRole_namesItemAndAttribute() {
    Membership member = membership("org", "alice", Role.ADMIN);
    commit(Optional.empty(), new Change.Create(member));
    Map<String, AttributeValue> item = new HashMap<>(table.item("ORGMEMBERS#org", "MEMBER#alice"));
    item.put("role", fromS("EMPEROR"));
    table.put(item);

    assertThatThrownBy(() -> store.read(List.of(member.key()), scope()).join())
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("MEMBER#alice")
        .hasMessageContaining("role")
        .hasMessageContaining("EMPEROR");
  }

  // The check at start.

  @Test
  void faults_tableAsDocumented_areNone() {
    assertThat(faults(table.name)).isEmpty();
  }

  @Test
  void faults_noTable_namesIt() {
    assertThat(faults("missing"))
        .singleElement()
        .asString()
        .startsWith("table missing (ACCOUNTS_TABLE): not there");
  }

  @Test
  void faults_otherKeys_nameThem() {
    createTable("otherkeys", "id", "PK", ScalarAttributeType.S);

    assertThat(faults("otherkeys"))
        .singleElement()
        .asString()
        .contains("table otherkeys: key schema")
        .contains("id=HASH");
  }

  @Test
  void faults_keyOfOtherType_namesIt() {
    createTable("othertype", "PK", "SK", ScalarAttributeType.N);

    assertThat(faults("othertype"))
        .containsExactly("table othertype: type of SK is N (expected: S)");
  }

  private void createTable(String name, String hash, String range, ScalarAttributeType type) {
    table
        .client()
        .createTable(create ->
            create
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key(hash, KeyType.HASH), key(range, KeyType.RANGE))
                .attributeDefinitions(
                    attribute(hash, ScalarAttributeType.S), attribute(range, type)))
        .join();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private List<String> faults(String name) {
    return check(name).faults();
  }

  @Test
  void check_tableMadeAnew_hasAnotherId() {
    createTable("anew", "PK", "SK", ScalarAttributeType.S);
    String id = check("anew").id();
    String again = check("anew").id();
    table.client().deleteTable(delete -> delete.tableName("anew")).join();
    createTable("anew", "PK", "SK", ScalarAttributeType.S);

    assertThat(id).isNotEmpty().isEqualTo(again);
    assertThat(check("anew").id()).isNotEmpty().isNotEqualTo(id);
  }

  private TableCheck.Table check(String name) {
    return new TableCheck(table.client(), name).check().join();
  }

  private void commit(Optional<RequestRecord> record, Change... changes) {
    assertThat(store.commit(new Commit(List.of(changes), record, List.of()), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
