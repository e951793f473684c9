package accounts.bench.abuse;

import accounts.bench.freshness.Instance;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** The attacks, each bounded in what it uses of this machine. For one thread. */
public final class Attacks implements AutoCloseable {

  /** As many calls as the server allows on a connection. */
  private static final int STREAMS = 100;

  private static final int IDLE = 5000;
  private static final int MEBIBYTE = 1 << 20;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final String address;
  private final List<String> users;
  private final String organization;
  private final List<Instance> connections = new ArrayList<>();
  private final List<Http2Connection> idle = new CopyOnWriteArrayList<>();

  /**
   * @param users that exist
   * @param organization one with many members
   */
  public Attacks(String address, List<String> users, String organization) {
    this.address = address;
    this.users = users;
    this.organization = organization;
  }

  /** Returns all of them. */
  public List<Attack> all() {
    return List.of(
        new Attack("unfinished messages, 8 connections of 100", 8, true, this::unfinishedMessages),
        new Attack("lists that nobody reads, 2 connections", 2, true, this::unreadLists),
        new Attack("4,500 calls on a connection, never read", 1, true, this::manyCalls),
        new Attack("rapid reset, with bodies", 1, true, this::rapidReset),
        new Attack("200 x BatchGetUsers(100) at once", 200, true, greedy()),
        new Attack("10,000 bodies of 1 B/s", 100, true, this::slowBodies),
        new Attack("ping flood", 1, true, this::pings),
        new Attack("SETTINGS flood", 1, true, this::settings),
        new Attack("64 MiB messages", 4, true, this::hugeMessages),
        new Attack("gzip bombs", 4, true, bombs()),
        new Attack("5,000 idle connections", 1, false, this::idleConnections));
  }

  private void unfinishedMessages(Attack attack) throws Exception {
    byte[] beginning = new byte[59 * 1024];
    try (Http2Connection connection = Http2Connection.open(address)) {
      for (int i = 0; i < STREAMS && !attack.isOver(); i++) {
        connection.unfinished(connection.call("GetUser"), beginning.length + 1, beginning);
        attack.count();
      }
      hold(attack, connection);
    }
  }

  private void unreadLists(Attack attack) throws Exception {
    byte[] request =
        ListOrganizationMembersRequest.newBuilder()
            .setOrganizationName(organization)
            .setPageSize(1000)
            .build()
            .toByteArray();
    callAndNeverRead(attack, "ListOrganizationMembers", request, STREAMS);
  }

  private void manyCalls(Attack attack) throws Exception {
    callAndNeverRead(attack, "GetUser", getUser().toByteArray(), 4500);
  }

  private void callAndNeverRead(Attack attack, String method, byte[] request, int calls)
      throws Exception {
    try (Http2Connection connection = Http2Connection.openDeaf(address)) {
      for (int i = 0; i < calls && !attack.isOver(); i++) {
        connection.message(connection.call(method), request);
        attack.count();
      }
      for (int i = 0; i < 200 && !attack.isOver(); i++) {
        Thread.sleep(PAUSE);
        connection.ping(); // throws once the server has closed the connection
      }
    }
  }

  private void rapidReset(Attack attack) throws Exception {
    byte[] request = getUser().toByteArray();
    try (Http2Connection connection = Http2Connection.open(address)) {
      while (!attack.isOver() && !connection.isOver()) {
        int stream = connection.call("GetUser");
        connection.message(stream, request);
        connection.reset(stream);
        attack.count();
      }
      attack.refused(connection.isGoneAway() ? 1 : 0);
    }
  }

  private Attack.Attacker greedy() {
    List<Instance> both = List.of(connect("greedy"), connect("greedy"));
    BatchGetUsersRequest batch =
        BatchGetUsersRequest.newBuilder().addAllUsernames(users.subList(0, 100)).build();
    return attack -> {
      attack.count();
      try {
        Instance any = both.get(ThreadLocalRandom.current().nextInt(both.size()));
        var unused = any.stub(DEADLINE).batchGetUsers(batch);
      } catch (StatusRuntimeException refused) {
        attack.refused(1);
      }
    };
  }

  private void slowBodies(Attack attack) throws Exception {
    byte[] one = {0};
    try (Http2Connection connection = Http2Connection.open(address)) {
      List<Integer> streams = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        int stream = connection.call("GetUser");
        connection.unfinished(stream, 1000, one);
        streams.add(stream);
        attack.count();
      }
      long resets = 0;
      while (!attack.isOver() && !connection.isOver() && resets < STREAMS) {
        Thread.sleep(Duration.ofSeconds(1));
        resets = connection.resets();
        if (resets == 0) {
          for (int stream : streams) {
            connection.more(stream, one);
          }
        }
      }
      attack.refused(connection.resets());
    }
  }

  /** Starts again where it ended when a connection could not be opened. */
  private void idleConnections(Attack attack) throws Exception {
    while (idle.size() < IDLE && !attack.isOver()) {
      idle.add(Http2Connection.open(address));
      attack.count();
    }
    while (!attack.isOver()) {
      Thread.sleep(PAUSE);
    }
  }

  /** Returns how many idle connections are still open, which only the server closes. */
  public long idle() {
    return idle.stream().filter(connection -> !connection.isClosed()).count();
  }

  private void pings(Attack attack) throws Exception {
    flood(attack, Http2Connection::ping);
  }

  private void settings(Attack attack) throws Exception {
    flood(attack, Http2Connection::settings);
  }

  private interface Frame {
    void send(Http2Connection connection) throws Exception;
  }

  private void flood(Attack attack, Frame frame) throws Exception {
    try (Http2Connection connection = Http2Connection.open(address)) {
      while (!attack.isOver() && !connection.isOver()) {
        frame.send(connection);
        attack.count();
      }
      attack.refused(connection.isGoneAway() ? 1 : 0);
    }
  }

  private void hugeMessages(Attack attack) throws Exception {
    byte[] part = new byte[16 * 1024];
    try (Http2Connection connection = Http2Connection.open(address)) {
      int stream = connection.call("UpdateUser");
      connection.unfinished(stream, 64 * MEBIBYTE, part);
      attack.count();
      for (int i = 0; i < 4096 && connection.resets() == 0 && !attack.isOver(); i++) {
        connection.more(stream, part);
      }
      attack.refused(connection.resets());
    }
  }

  private Attack.Attacker bombs() {
    Instance connection = connect("bomb");
    UpdateUserRequest bomb =
        UpdateUserRequest.newBuilder()
            .setUser(User.newBuilder().setLastName("0".repeat(16 * MEBIBYTE)))
            .build();
    return attack -> {
      attack.count();
      try {
        var unused = connection.stub(DEADLINE).withCompression("gzip").updateUser(bomb);
      } catch (StatusRuntimeException refused) {
        attack.refused(1);
      }
    };
  }

  private Instance connect(String name) {
    Instance connection = Instance.connect(name, address);
    connections.add(connection);
    return connection;
  }

  private Message getUser() {
    return GetUserRequest.newBuilder().setUsername(users.getFirst()).build();
  }

  /** Keeps a connection until the server ends it, or its calls. */
  private static void hold(Attack attack, Http2Connection connection) throws InterruptedException {
    while (!attack.isOver() && !connection.isOver() && connection.resets() < STREAMS) {
      Thread.sleep(PAUSE);
    }
    attack.refused(connection.resets());
  }

  @Override
  public void close() {
    connections.forEach(Instance::close);
    idle.forEach(Http2Connection::close);
  }
}
