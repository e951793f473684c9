package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.BatchGetUsersResponse;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** FRESH reads of cached users through one instance, and their samples. Safe for any thread. */
final class Reads {

  /** Longer than the service lets a call take. */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final int BATCH = 100;

  private final Instance instance;
  private final Population users;
  private final List<BatchGetUsersRequest> batches;
  private final SampleLog samples = new SampleLog();

  /**
   * @param users 100 or more
   */
  Reads(Instance instance, Population users) {
    this.instance = instance;
    this.users = users;
    this.batches =
        IntStream.range(0, users.size() / BATCH)
            .mapToObj(batch -> batch(users.usernames().subList(batch * BATCH, (batch + 1) * BATCH)))
            .toList();
  }

  private static BatchGetUsersRequest batch(List<String> usernames) {
    return BatchGetUsersRequest.newBuilder().addAllUsernames(usernames).build();
  }

  /** Reads one user. */
  void one(long number, long due, Runnable ended) {
    instance
        .asyncStub(DEADLINE)
        .getUser(
            GetUserRequest.newBuilder().setUsername(users.at(number)).build(),
            new SampleObserver<GetUserResponse>(samples, due, SteadyLoad::endingOf, ended));
  }

  /** Reads 100 users at once. */
  void batch(long number, long due, Runnable ended) {
    BatchGetUsersRequest request = batches.get(Math.floorMod(number, batches.size()));
    instance
        .asyncStub(DEADLINE)
        .batchGetUsers(
            request,
            new SampleObserver<BatchGetUsersResponse>(samples, due, Reads::endingOf, ended));
  }

  private static Sample.Ending endingOf(BatchGetUsersResponse response) {
    return response.getSource() == Source.SOURCE_STORE ? Sample.Ending.MISS : Sample.Ending.HIT;
  }

  /** Returns the reads that have ended so far. */
  SampleLog samples() {
    return samples;
  }
}
