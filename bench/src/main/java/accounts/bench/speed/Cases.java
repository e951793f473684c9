package accounts.bench.speed;

import accounts.bench.freshness.Credentials;
import accounts.bench.freshness.Instance;
import accounts.bench.load.Population;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.Consistency;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.Role;
import accounts.v1.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Prepares the kinds of calls of a measurement: their servers, users and requests. */
final class Cases {

  /** What the names of the users begin with that all servers have. */
  static final String PREFIX = "speed";

  /** A user that all servers have. */
  static final String HOT_USER = PREFIX + "-0";

  private static final String RARE = "rare";
  private static final String FROM_CACHE = "\"source\":\"cache\"";
  private static final int HOT = 100;
  private static final int BATCH = 100;
  private static final int ORGANIZATIONS = 20;
  private static final Duration PREPARING = Duration.ofSeconds(30);

  private final Servers servers;
  private final Plan plan;
  private final Map<Kind, Case> cases = new EnumMap<>(Kind.class);

  private Cases(Servers servers, Plan plan) {
    this.servers = servers;
    this.plan = plan;
  }

  /** Starts the servers that are needed, and creates their users. */
  static Map<Kind, Case> prepare(Servers servers, Plan plan) throws InterruptedException {
    Cases cases = new Cases(servers, plan);
    cases.prepare(plan.before());
    return cases.cases;
  }

  private void prepare(Optional<String> before) throws InterruptedException {
    Subject service = servers.service();
    Optional<Subject> echo = needed(servers::echo, Kind.ECHO);
    Optional<Subject> metered = needed(servers::meteredEcho, Kind.METERED);
    Optional<Subject> relay = needed(servers::relay, Kind.RELAY);
    Optional<Subject> getItem = needed(servers::getItem, Kind.GET_ITEM);
    Optional<Subject> token = needed(servers::serviceWithToken, Kind.TOKEN);
    Optional<Subject> traced = needed(servers::serviceTraced, Kind.TRACED);
    Optional<Subject> tutorial = needed(servers::tutorial, Kind.TUTORIAL);
    Optional<Subject> node =
        plan.node().filter(folder -> plan.kinds().contains(Kind.NODE)).map(servers::node);
    Optional<Subject> other = before.map(servers::before);
    servers.awaitReady();
    Population users = Servers.create(service, PREFIX, plan.users());
    if (relay.isPresent()) {
      var unused = Servers.create(relay.get(), PREFIX, plan.users());
    }
    if (other.isPresent()) {
      var unused = Servers.create(other.get(), PREFIX, plan.users());
    }
    service(service, users);
    echo.ifPresent(s -> getUser(Kind.ECHO, s, users, Consistency.CONSISTENCY_UNSPECIFIED));
    metered.ifPresent(s -> getUser(Kind.METERED, s, users, Consistency.CONSISTENCY_UNSPECIFIED));
    relay.ifPresent(s -> getUser(Kind.RELAY, s, users, Consistency.CONSISTENCY_UNSPECIFIED));
    getItem.ifPresent(s -> getUser(Kind.GET_ITEM, s, users, Consistency.CONSISTENCY_UNSPECIFIED));
    tutorial.ifPresent(s -> getUser(Kind.TUTORIAL, s, users, Consistency.CONSISTENCY_FRESH));
    token.ifPresent(this::withToken);
    traced.ifPresent(s -> getUser(Kind.TRACED, s, users, Consistency.CONSISTENCY_FRESH));
    node.ifPresent(
        s -> put(Kind.NODE, s, servers.http().users(s.address(), users.usernames(), FROM_CACHE)));
    other.ifPresent(s -> other(s, users));
    if (plan.kinds().contains(Kind.MISS)) {
      miss(service);
    }
    if (plan.kinds().contains(Kind.ADD)) {
      add(service, users);
    }
  }

  private Optional<Subject> needed(Supplier<Subject> start, Kind kind) {
    return plan.kinds().contains(kind) ? Optional.of(start.get()) : Optional.empty();
  }

  private void service(Subject subject, Population users) {
    getUser(Kind.BOUNDED, subject, hot(users), Consistency.CONSISTENCY_BOUNDED);
    getUser(Kind.FRESH, subject, users, Consistency.CONSISTENCY_FRESH);
    getUser(Kind.STORE, subject, users, Consistency.CONSISTENCY_STORE);
    batch(Kind.BATCH, subject, users);
  }

  /** Users are evicted again and again: in the time that it takes, a few of them are hits. */
  private void miss(Subject subject) throws InterruptedException {
    Connections connections = servers.connect(subject, Credentials.NONE);
    Population users = Servers.create(subject, RARE, plan.users());
    Call read = getUser(connections, users, Kind.MISS, Consistency.CONSISTENCY_FRESH);
    put(
        Kind.MISS,
        subject,
        (number, ended) -> {
          if (number % plan.users() == 0) {
            servers.backends().forget(RARE);
          }
          read.send(number, ended);
        });
  }

  private void other(Subject subject, Population users) {
    getUser(Kind.BEFORE_BOUNDED, subject, hot(users), Consistency.CONSISTENCY_BOUNDED);
    getUser(Kind.BEFORE_FRESH, subject, users, Consistency.CONSISTENCY_FRESH);
    batch(Kind.BEFORE_BATCH, subject, users);
  }

  private static Population hot(Population users) {
    return new Population(users.usernames().subList(0, HOT));
  }

  private void withToken(Subject subject) {
    Connections connections = servers.connect(subject, servers.token());
    Population users = Population.named(PREFIX, plan.users());
    put(
        Kind.TOKEN,
        subject,
        getUser(connections, users, Kind.TOKEN, Consistency.CONSISTENCY_FRESH));
  }

  /** Returns FRESH reads of users that all servers have, through an instance of the service. */
  static Case fresh(Servers servers, Subject subject, int users) {
    Connections connections = servers.connect(subject, Credentials.NONE);
    Population named = Population.named(PREFIX, users);
    Call read = getUser(connections, named, Kind.FRESH, Consistency.CONSISTENCY_FRESH);
    return new Case(Kind.FRESH, subject, read);
  }

  private void getUser(Kind kind, Subject subject, Population users, Consistency consistency) {
    Connections connections = servers.connect(subject, Credentials.NONE);
    put(kind, subject, getUser(connections, users, kind, consistency));
  }

  private static Call getUser(
      Connections connections, Population users, Kind kind, Consistency consistency) {
    List<GetUserRequest> requests =
        users.usernames().stream()
            .map(name ->
                GetUserRequest.newBuilder().setUsername(name).setConsistency(consistency).build())
            .toList();
    Source expected = source(kind);
    return connections.calls(
        AccountServiceGrpc.getGetUserMethod(),
        number -> requests.get(Math.floorMod(number, requests.size())),
        answer -> answer.getSource() == expected);
  }

  private static Source source(Kind kind) {
    return switch (kind) {
      case ECHO, METERED, BOUNDED, BEFORE_BOUNDED -> Source.SOURCE_NEAR_CACHE;
      case RELAY, FRESH, TOKEN, TRACED, BATCH, TUTORIAL, NODE, BEFORE_FRESH, BEFORE_BATCH ->
          Source.SOURCE_CACHE;
      case GET_ITEM, STORE, MISS, ADD -> Source.SOURCE_STORE;
    };
  }

  private void batch(Kind kind, Subject subject, Population users) {
    List<BatchGetUsersRequest> requests =
        IntStream.range(0, users.size() / BATCH)
            .mapToObj(i -> users.usernames().subList(i * BATCH, (i + 1) * BATCH))
            .map(names -> BatchGetUsersRequest.newBuilder().addAllUsernames(names).build())
            .toList();
    put(
        kind,
        subject,
        servers
            .connect(subject, Credentials.NONE)
            .calls(
                AccountServiceGrpc.getBatchGetUsersMethod(),
                number -> requests.get(Math.floorMod(number, requests.size())),
                answer -> answer.getSource() == source(kind)));
  }

  /** Each call adds another pair of a user and an organization, of 40,000. */
  private void add(Subject subject, Population users) {
    List<String> organizations = organizations(subject, users);
    put(
        Kind.ADD,
        subject,
        servers
            .connect(subject, Credentials.NONE)
            .calls(
                AccountServiceGrpc.getAddUserToOrganizationMethod(),
                number ->
                    AddUserToOrganizationRequest.newBuilder()
                        .setOrganizationName(
                            organizations.get(Math.floorMod(number, organizations.size())))
                        .setAddingUser(users.at(0))
                        .setMemberUsername(users.at(1 + number / organizations.size()))
                        .setRole(Role.ROLE_MEMBER)
                        .build(),
                answer -> answer.hasMembership()));
  }

  private static List<String> organizations(Subject subject, Population users) {
    List<String> names = new ArrayList<>();
    try (Instance instance = Instance.connect("speed", subject.address())) {
      for (int i = 0; i < ORGANIZATIONS; i++) {
        CreateOrganizationRequest request =
            CreateOrganizationRequest.newBuilder()
                .setOrganizationName("speed-" + i)
                .setFoundingUser(users.at(0))
                .build();
        names.add(
            instance
                .stub(PREPARING)
                .createOrganization(request)
                .getOrganization()
                .getOrganizationName());
      }
    }
    return names;
  }

  private void put(Kind kind, Subject subject, Call call) {
    if (plan.kinds().contains(kind)) {
      cases.put(kind, new Case(kind, subject, call));
    }
  }
}
