package accounts.server;

import static accounts.v1.Role.ROLE_MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.DeleteUserRequest;
import accounts.v1.Entity;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.ListEntitiesRequest;
import accounts.v1.ListEntitiesResponse;
import accounts.v1.SuspendUserRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Everything that there is, as a caller reads it page by page. */
final class ListEntitiesTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();

  private static ListEntitiesResponse page(int size, String token) {
    return service
        .stub()
        .listEntities(
            ListEntitiesRequest.newBuilder().setPageSize(size).setPageToken(token).build());
  }

  private static List<Entity> all(int size) {
    List<Entity> all = new ArrayList<>();
    String token = "";
    do {
      ListEntitiesResponse page = page(size, token);
      assertThat(page.getEntitiesCount()).isLessThanOrEqualTo(size);
      all.addAll(page.getEntitiesList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  @Test
  void listEntities_pageByPage_hasWhatIsReadByNameAndNothingElse() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    String gone = service.newMember(organization, ROLE_MEMBER, owner);
    service.remove(organization, gone, gone);
    var deleted =
        service
            .stub()
            .deleteUser(
                DeleteUserRequest.newBuilder()
                    .setUsername(gone)
                    .setRequestId(UUID.randomUUID().toString())
                    .build());
    assertThat(deleted.hasUser()).isTrue();
    var suspended =
        service.stub().suspendUser(SuspendUserRequest.newBuilder().setUsername(member).build());
    assertThat(suspended.hasUser()).isTrue();

    List<Entity> expected =
        List.of(
            Entity.newBuilder().setUser(user(owner)).build(),
            Entity.newBuilder().setUser(user(member)).build(),
            Entity.newBuilder()
                .setOrganization(
                    service
                        .stub()
                        .getOrganization(
                            GetOrganizationRequest.newBuilder()
                                .setOrganizationName(organization)
                                .build())
                        .getOrganization())
                .build(),
            Entity.newBuilder().setMembership(membership(organization, owner)).build(),
            Entity.newBuilder().setMembership(membership(organization, member)).build());

    for (int size : new int[] {3, 1000}) {
      assertThat(all(size))
          .as("pages of %s", size)
          .containsAll(expected)
          .doesNotHaveDuplicates()
          .noneMatch(entity -> entity.toString().contains(gone));
    }
  }

  private static accounts.v1.User user(String username) {
    return service
        .stub()
        .getUser(GetUserRequest.newBuilder().setUsername(username).build())
        .getUser();
  }

  private static accounts.v1.Membership membership(String organization, String username) {
    return service
        .stub()
        .getMembership(
            GetMembershipRequest.newBuilder()
                .setOrganizationName(organization)
                .setUsername(username)
                .build())
        .getMembership();
  }

  @Test
  void listEntities_itemsByHandThatAreNoEntities_areLeftOut() {
    String user = service.newUser();
    put(Map.of("PK", text("USER#broken"), "SK", text("USER#broken")));
    put(Map.of("PK", text("USER#other"), "SK", text("mine")));
    put(Map.of("PK", text("ORG#Not a slug"), "SK", text("ORG#Not a slug")));

    assertThat(all(1000))
        .contains(Entity.newBuilder().setUser(user(user)).build())
        .allMatch(entity -> entity.getEntityCase() != Entity.EntityCase.ENTITY_NOT_SET)
        .noneMatch(entity -> entity.toString().contains("broken"));
  }

  private static void put(Map<String, AttributeValue> item) {
    assertThat(backends.client().putItem(put -> put.tableName(backends.table()).item(item)).join())
        .isNotNull();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "bm90aGluZw", "!", "💥"})
  void listEntities_tokenOfNoPage_isRefused(String token) {
    assertThat(Refused.by(() -> page(10, token)).fields()).containsExactly("page_token");
  }
}
