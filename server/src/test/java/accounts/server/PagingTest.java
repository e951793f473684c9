package accounts.server;

import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListOrganizationMembersResponse;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.ListUserMembershipsResponse;
import accounts.v1.Membership;
import accounts.v1.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists page by page, from both sides. */
final class PagingTest {

  private static final int MEMBERS = 57;
  private static final int ORGANIZATIONS = 7;

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();

  private static final String BOSS = service.newUser();
  private static final String LARGE = service.newOrganization(BOSS);
  private static final List<String> USERNAMES =
      IntStream.range(0, MEMBERS).mapToObj(PagingTest::newMember).sorted().toList();
  private static final List<String> OF_BOSS =
      IntStream.range(0, ORGANIZATIONS).mapToObj(i -> service.newOrganization(BOSS)).toList();

  /** Every third is an admin. */
  private static String newMember(int i) {
    return service.newMember(LARGE, i % 3 == 0 ? ROLE_ADMIN : ROLE_MEMBER, BOSS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 57, 58, 59, 1000, Integer.MAX_VALUE})
  void listOrganizationMembers_anyPageSize_listsAllOnceInOrder(int size) {
    List<String> all = new ArrayList<>(USERNAMES);
    all.add(BOSS);

    assertThat(allMembers(size, Role.ROLE_UNSPECIFIED))
        .extracting(Membership::getUsername)
        .containsExactlyElementsOf(all.stream().sorted().toList());
  }

  @Test
  void listOrganizationMembers_filteredByRole_listsThoseAlone() {
    assertThat(allMembers(4, ROLE_ADMIN))
        .hasSize(MEMBERS / 3)
        .allMatch(membership -> membership.getRole() == ROLE_ADMIN);
  }

  @Test
  void listOrganizationMembers_filterThatFewMatch_fillsThePage() {
    assertThat(allMembers(1, ROLE_OWNER)).extracting(Membership::getUsername).containsExactly(BOSS);
  }

  @Test
  void listOrganizationMembers_noPageSize_isFifty() {
    assertThat(members(asking()).getMembershipsCount()).isEqualTo(50);
  }

  @Test
  void listOrganizationMembers_lastPageExactlyFull_hasNoToken() {
    assertThat(members(asking().setPageSize(MEMBERS + 1)).getNextPageToken()).isEmpty();
  }

  @Test
  void listOrganizationMembers_otherPageSizeWithToken_goesOn() {
    String token = members(asking().setPageSize(3)).getNextPageToken();

    assertThat(members(asking().setPageSize(1000).setPageToken(token)).getMembershipsCount())
        .isEqualTo(MEMBERS + 1 - 3);
  }

  @Test
  void listOrganizationMembers_tokenOfAnotherFilter_isRefused() {
    String token = members(asking().setPageSize(3)).getNextPageToken();

    assertThat(Refused.by(() -> members(asking().setRole(ROLE_ADMIN).setPageToken(token))).fields())
        .containsExactly("page_token");
  }

  @Test
  void listOrganizationMembers_tokenOfAnotherOrganization_isRefused() {
    String token = members(asking().setPageSize(3)).getNextPageToken();

    assertThat(
            Refused.by(() ->
                    members(
                        ListOrganizationMembersRequest.newBuilder()
                            .setOrganizationName(OF_BOSS.getFirst())
                            .setPageToken(token)))
                .fields())
        .containsExactly("page_token");
  }

  @Test
  void listUserMemberships_tokenOfTheOtherList_isRefused() {
    String token = members(asking().setPageSize(3)).getNextPageToken();

    assertThat(Refused.by(() -> memberships(ofUser(BOSS).setPageToken(token))).fields())
        .containsExactly("page_token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "!", "AAAA", "💥", " ", "a#b/c", "\u0000"})
  void listOrganizationMembers_tokenMadeUp_isRefused(String token) {
    assertThat(Refused.by(() -> members(asking().setPageToken(token))).fields())
        .containsExactly("page_token");
  }

  @Test
  void listOrganizationMembers_tokenTamperedWith_isRefused() {
    String token = members(asking().setPageSize(3)).getNextPageToken();

    assertThat(Refused.by(() -> members(asking().setPageToken(token + "ICA"))).fields())
        .containsExactly("page_token");
  }

  @Test
  void listOrganizationMembers_memberOfTheTokenRemoved_goesOnAfterIt() {
    String organization = service.newOrganization(BOSS);
    List<String> names =
        IntStream.range(0, 5)
            .mapToObj(i -> service.newMember(organization, ROLE_MEMBER, BOSS))
            .sorted()
            .toList();
    ListOrganizationMembersRequest.Builder request =
        ListOrganizationMembersRequest.newBuilder()
            .setOrganizationName(organization)
            .setRole(ROLE_MEMBER)
            .setPageSize(2);
    String token = members(request).getNextPageToken();
    assertThat(service.remove(organization, names.get(1), BOSS).getRevision()).isEqualTo(2);

    assertThat(members(request.setPageToken(token)).getMembershipsList())
        .extracting(Membership::getUsername)
        .containsExactly(names.get(2), names.get(3));
  }

  @Test
  void listOrganizationMembers_manyRemoved_leavesNoneOfThemBehind() {
    String organization = service.newOrganization(BOSS);
    for (int i = 0; i < 60; i++) {
      String member = service.newMember(organization, ROLE_MEMBER, BOSS);
      assertThat(service.remove(organization, member, BOSS).getRevision()).isEqualTo(2);
    }

    ListOrganizationMembersResponse page =
        members(
            ListOrganizationMembersRequest.newBuilder()
                .setOrganizationName(organization)
                .setPageSize(1));

    assertThat(page.getMembershipsList()).extracting(Membership::getUsername).containsExactly(BOSS);
    assertThat(page.getNextPageToken()).isEmpty();
  }

  @Test
  void listUserMemberships_pageByPage_listsAllOnceInOrder() {
    String user = service.newUser();
    List<String> organizations =
        OF_BOSS.stream().peek(o -> service.add(o, user, ROLE_MEMBER, BOSS)).sorted().toList();
    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      ListUserMembershipsResponse page =
          memberships(ofUser(user).setPageSize(2).setPageToken(token));
      page.getMembershipsList().forEach(m -> listed.add(m.getOrganizationName()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(listed).isEqualTo(organizations);
  }

  @Test
  void listUserMemberships_userOfNone_isEmpty() {
    ListUserMembershipsResponse page = memberships(ofUser(service.newUser()));

    assertThat(page.getMembershipsList()).isEmpty();
    assertThat(page.getNextPageToken()).isEmpty();
  }

  @Test
  void lists_rightAfterAWriteThroughAnotherInstance_seeIt() throws Exception {
    try (TestService other = backends.start()) {
      String member = other.newMember(OF_BOSS.getFirst(), ROLE_ADMIN, BOSS);

      assertThat(memberships(ofUser(member)).getMembershipsList())
          .containsExactly(service.membership(OF_BOSS.getFirst(), member));
    }
  }

  private static List<Membership> allMembers(int size, Role role) {
    List<Membership> all = new ArrayList<>();
    ListOrganizationMembersRequest.Builder request = asking().setPageSize(size).setRole(role);
    do {
      ListOrganizationMembersResponse page = members(request);
      assertThat(page.getMembershipsCount()).isLessThanOrEqualTo(size);
      all.addAll(page.getMembershipsList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return all;
  }

  private static ListOrganizationMembersRequest.Builder asking() {
    return ListOrganizationMembersRequest.newBuilder().setOrganizationName(LARGE);
  }

  private static ListOrganizationMembersResponse members(
      ListOrganizationMembersRequest.Builder request) {
    return service.stub().listOrganizationMembers(request.build());
  }

  private static ListUserMembershipsRequest.Builder ofUser(String username) {
    return ListUserMembershipsRequest.newBuilder().setUsername(username);
  }

  private static ListUserMembershipsResponse memberships(
      ListUserMembershipsRequest.Builder request) {
    return service.stub().listUserMemberships(request.build());
  }
}
