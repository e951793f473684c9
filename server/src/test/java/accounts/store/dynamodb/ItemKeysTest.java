package accounts.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Generated;
import accounts.domain.OrganizationName;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Username;
import accounts.store.AuditPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ItemKeysTest {

  @Property
  void of_differentThings_shareNoItem(
      @ForAll("keys") Set<EntityKey<?>> keys,
      @ForAll("requestIds") Set<RequestId> requestIds,
      @ForAll("revisions") Set<Revision> revisions) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (EntityKey<?> key : keys) {
      items.add(ItemKeys.of(key));
      revisions.forEach(
          revision -> items.addAll(ItemKeys.entriesOf(new AuditPosition(key, revision))));
      if (key instanceof MembershipKey membership) {
        items.add(ItemKeys.mirrorOf(membership));
      }
    }
    requestIds.forEach(requestId -> items.add(ItemKeys.of(requestId)));

    assertThat(items).doesNotHaveDuplicates();
  }

  @Property
  void membersOf_differentOrganizations_sharesNoPartition(
      @ForAll("organizations") Set<OrganizationName> organizations,
      @ForAll("usernames") Set<Username> usernames) {
    List<String> partitions = new ArrayList<>();
    organizations.forEach(organization -> {
      partitions.add(ItemKeys.membersOf(organization));
      partitions.add(ItemKeys.trailOf(organization));
    });
    usernames.forEach(username -> {
      partitions.add(ItemKeys.membershipsOf(username));
      partitions.add(ItemKeys.trailOf(username));
    });

    assertThat(partitions).doesNotHaveDuplicates();
  }

  @Property
  void memberSortKey_usernames_sortAsTheyDo(
      @ForAll("username") Username one, @ForAll("username") Username other) {
    assertThat(Integer.signum(ItemKeys.memberSortKey(one).compareTo(ItemKeys.memberSortKey(other))))
        .isEqualTo(Integer.signum(one.compareTo(other)));
  }

  @Property
  void entriesOf_membership_sortByNameThenByRevision(
      @ForAll("username") Username one,
      @ForAll("username") Username other,
      @ForAll("revision") Revision first,
      @ForAll("revision") Revision second) {
    int order = one.compareTo(other) == 0 ? first.compareTo(second) : one.compareTo(other);

    assertThat(Integer.signum(sortKey(one, first).compareTo(sortKey(other, second))))
        .isEqualTo(Integer.signum(order));
  }

  private static String sortKey(Username username, Revision revision) {
    MembershipKey key = new MembershipKey(new OrganizationName("org"), username);
    return new Item(ItemKeys.entriesOf(new AuditPosition(key, revision)).getFirst()).text("SK");
  }

  @Property
  void entityOf_entries_isNone(
      @ForAll("keys") Set<EntityKey<?>> keys, @ForAll("revision") Revision revision) {
    for (EntityKey<?> key : keys) {
      assertThat(ItemKeys.entriesOf(new AuditPosition(key, revision)))
          .allMatch(item -> ItemKeys.entityOf(item).isEmpty());
    }
  }

  @Test
  void of_membership_liesInItsOrganizationsPartitionAndItsUsers() {
    MembershipKey key =
        new MembershipKey(new OrganizationName("olivias-org"), new Username("noah"));

    assertThat(ItemKeys.of(key)).isEqualTo(ItemKeys.key("ORGMEMBERS#olivias-org", "MEMBER#noah"));
    assertThat(ItemKeys.mirrorOf(key)).isEqualTo(ItemKeys.key("USERORGS#noah", "ORG#olivias-org"));
  }

  @Provide
  Arbitrary<Set<EntityKey<?>>> keys() {
    return Generated.keys().set().ofMaxSize(30);
  }

  @Provide
  Arbitrary<Set<RequestId>> requestIds() {
    return Generated.requestIds().set().ofMaxSize(5);
  }

  @Provide
  Arbitrary<Revision> revision() {
    return Generated.revisions();
  }

  @Provide
  Arbitrary<Set<Revision>> revisions() {
    return Generated.revisions().set().ofMaxSize(3);
  }

  @Provide
  Arbitrary<Set<OrganizationName>> organizations() {
    return Generated.organizationNames().set().ofMaxSize(20);
  }

  @Provide
  Arbitrary<Set<Username>> usernames() {
    return Generated.usernames().set().ofMaxSize(20);
  }

  @Provide
  Arbitrary<Username> username() {
    return Generated.usernames();
  }
}
