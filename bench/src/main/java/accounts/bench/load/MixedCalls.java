package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.bench.load.Sample.Ending;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.Consistency;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetMembershipResponse;
import accounts.v1.GetUserRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListOrganizationMembersResponse;
import accounts.v1.Role;
import accounts.v1.Source;
import accounts.v1.UpdateUserRequest;
import accounts.v1.UpdateUserResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Calls of each common kind in turn, with the client's default deadlines: of twenty, two change a
 * user, one lists members, three are BOUNDED reads and the others FRESH ones, of users and of
 * memberships. Safe for any thread.
 */
final class MixedCalls {

  /** The defaults of the project's client. */
  static final Duration READ_DEADLINE = Duration.ofSeconds(1);

  static final Duration WRITE_DEADLINE = Duration.ofSeconds(5);

  private static final Duration PREPARING = Duration.ofSeconds(30);
  private static final int TURN = 20;
  private static final int CHANGES = 2;
  private static final int LISTS = CHANGES + 1;
  private static final int BOUNDED = LISTS + 3;
  private static final int PAGE = 50;

  private final Instance instance;
  private final Members members;
  private final SampleLog reads = new SampleLog();
  private final SampleLog lists = new SampleLog();
  private final SampleLog changes = new SampleLog();

  /** Users, all of whom are members of one organization. */
  record Members(Population users, String organization) {

    static Members create(Instance instance, String organization, int count)
        throws InterruptedException {
      Population users = Population.create(instance, organization, count);
      var unused =
          instance
              .stub(PREPARING)
              .createOrganization(
                  CreateOrganizationRequest.newBuilder()
                      .setOrganizationName(organization)
                      .setFoundingUser(users.at(0))
                      .build());
      for (int i = 1; i < count; i++) {
        add(instance, organization, users.at(i), users.at(0));
      }
      return new Members(users, organization);
    }

    private static void add(Instance instance, String organization, String member, String by) {
      var unused =
          instance
              .stub(PREPARING)
              .addUserToOrganization(
                  AddUserToOrganizationRequest.newBuilder()
                      .setOrganizationName(organization)
                      .setMemberUsername(member)
                      .setAddingUser(by)
                      .setRole(Role.ROLE_MEMBER)
                      .build());
    }
  }

  MixedCalls(Instance instance, Members members) {
    this.instance = instance;
    this.members = members;
  }

  /** Sends the call of this number. */
  void send(long number, long due, Runnable ended) {
    int turn = Math.floorMod(number, TURN);
    if (turn < CHANGES) {
      change(number, due, ended);
    } else if (turn < LISTS) {
      list(due, ended);
    } else if (turn < BOUNDED) {
      user(number, Consistency.CONSISTENCY_BOUNDED, due, ended);
    } else if (turn % 2 == 0) {
      user(number, Consistency.CONSISTENCY_FRESH, due, ended);
    } else {
      membership(number, due, ended);
    }
  }

  private void user(long number, Consistency consistency, long due, Runnable ended) {
    instance
        .asyncStub(READ_DEADLINE)
        .getUser(
            GetUserRequest.newBuilder()
                .setUsername(members.users().at(number))
                .setConsistency(consistency)
                .build(),
            new SampleObserver<>(reads, due, SteadyLoad::endingOf, ended));
  }

  private void membership(long number, long due, Runnable ended) {
    instance
        .asyncStub(READ_DEADLINE)
        .getMembership(
            GetMembershipRequest.newBuilder()
                .setOrganizationName(members.organization())
                .setUsername(members.users().at(number))
                .build(),
            new SampleObserver<GetMembershipResponse>(
                reads,
                due,
                response -> response.getSource() == Source.SOURCE_STORE ? Ending.MISS : Ending.HIT,
                ended));
  }

  private void list(long due, Runnable ended) {
    instance
        .asyncStub(READ_DEADLINE)
        .listOrganizationMembers(
            ListOrganizationMembersRequest.newBuilder()
                .setOrganizationName(members.organization())
                .setPageSize(PAGE)
                .build(),
            new SampleObserver<ListOrganizationMembersResponse>(
                lists, due, response -> Ending.MISS, ended));
  }

  private void change(long number, long due, Runnable ended) {
    UpdateUserRequest.Builder request = UpdateUserRequest.newBuilder();
    request
        .getUserBuilder()
        .setUsername(members.users().at(number))
        .setLastName("Measured " + number);
    instance
        .asyncStub(WRITE_DEADLINE)
        .updateUser(
            request.setRequestId(UUID.randomUUID().toString()).build(),
            new SampleObserver<UpdateUserResponse>(
                changes, due, response -> Ending.ACKNOWLEDGED, ended));
  }

  /** Records a call that could not be sent. */
  void dropped(long due) {
    reads.dropped(due);
  }

  Samples reads() {
    return reads.all();
  }

  Samples lists() {
    return lists.all();
  }

  Samples changes() {
    return changes.all();
  }

  /** Returns the calls of all kinds that have ended so far. */
  Samples all() {
    return new Samples(
        Stream.of(reads(), lists(), changes()).flatMap(kind -> kind.all().stream()).toList());
  }
}
