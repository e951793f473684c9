package accounts.bench.load;

import accounts.bench.load.Sample.Ending;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import accounts.v1.UpdateUserRequest;
import accounts.v1.UpdateUserResponse;
import accounts.v1.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A load of FRESH reads and changes of users at fixed rates, until it is closed. Safe for any
 * thread.
 */
final class SteadyLoad implements AutoCloseable {

  private static final Duration READ_DEADLINE = Duration.ofSeconds(5);
  private static final Duration WRITE_DEADLINE = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final int WARM_UPS = 3;
  private static final int MOST_WARM_UPS = 20;
  private static final double WARM = 0.95;
  private static final int MOST_READS = 6_000;
  private static final int MOST_WRITES = 600;

  private final SampleLog reads = new SampleLog();
  private final SampleLog writes = new SampleLog();
  private final List<OpenLoop> loops = new ArrayList<>();

  private SteadyLoad() {}

  /** Starts a load of reads only. */
  static SteadyLoad reads(Targets targets) {
    SteadyLoad load = new SteadyLoad();
    load.startReads(targets);
    return load;
  }

  /** Starts a load of reads and changes. */
  static SteadyLoad start(Targets read, Targets written) {
    SteadyLoad load = reads(read);
    load.startWrites(written);
    return load;
  }

  private void startReads(Targets targets) {
    loops.add(
        OpenLoop.start(
            "reads",
            targets.perSecond(),
            MOST_READS,
            (number, due, ended) -> read(targets, number, due, ended),
            reads::dropped));
  }

  private void read(Targets targets, long number, long due, Runnable ended) {
    GetUserRequest request =
        GetUserRequest.newBuilder().setUsername(targets.users().at(number)).build();
    targets
        .instance(number)
        .asyncStub(READ_DEADLINE)
        .getUser(
            request, new SampleObserver<GetUserResponse>(reads, due, SteadyLoad::endingOf, ended));
  }

  /** Classifies an answer as hit or miss by its source. */
  static Ending endingOf(GetUserResponse response) {
    return response.getSource() == Source.SOURCE_STORE ? Ending.MISS : Ending.HIT;
  }

  private void startWrites(Targets targets) {
    loops.add(
        OpenLoop.start(
            "writes",
            targets.perSecond(),
            MOST_WRITES,
            (number, due, ended) -> write(targets, number, due, ended),
            writes::dropped));
  }

  private void write(Targets targets, long number, long due, Runnable ended) {
    User.Builder user = User.newBuilder().setUsername(targets.users().at(number));
    UpdateUserRequest request =
        UpdateUserRequest.newBuilder()
            .setUser(user.setLastName("Measured " + number))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    targets
        .instance(number)
        .asyncStub(WRITE_DEADLINE)
        .updateUser(
            request,
            new SampleObserver<UpdateUserResponse>(
                writes, due, response -> Ending.ACKNOWLEDGED, ended));
  }

  /**
   * Waits until nearly all reads have been hits for a while, so that the cache and the servers'
   * code are warm. Returns after a minute in any case: the report shows a cold cache.
   */
  void awaitHits() throws InterruptedException {
    int warm = 0;
    for (int i = 0; i < MOST_WARM_UPS && warm < WARM_UPS; i++) {
      Period period = Period.pass("warm-up", WARM_UP);
      warm = reads.in(period).hitRatio() >= WARM ? warm + 1 : 0;
    }
  }

  /** Returns the reads that have ended so far. */
  SampleLog reads() {
    return reads;
  }

  /** Returns the changes that have ended so far. */
  SampleLog writes() {
    return writes;
  }

  /** Stops sending; returns when all calls have ended. */
  @Override
  public void close() {
    loops.forEach(OpenLoop::close);
  }
}
