package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.v1.CreateUserRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The users that a load reads or changes. */
public record Population(List<String> usernames) {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int AT_ONCE = 8;
  private static final int TRIES = 10;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
  private static final Set<Status.Code> REPEATED =
      EnumSet.of(
          Status.Code.UNAVAILABLE,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.ABORTED,
          Status.Code.CANCELLED);

  /** Returns so many usernames, without creating the users. */
  public static Population named(String prefix, int count) {
    return new Population(IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList());
  }

  /** Creates so many users through one instance. */
  public static Population create(Instance instance, String prefix, int count)
      throws InterruptedException {
    return create(instance, named(prefix, count).usernames());
  }

  /** Creates these users through one instance. */
  static Population create(Instance instance, List<String> usernames) throws InterruptedException {
    Population population = new Population(usernames);
    population.createAll(instance);
    return population;
  }

  private void createAll(Instance instance) throws InterruptedException {
    Semaphore free = new Semaphore(AT_ONCE);
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    for (String username : usernames) {
      free.acquire();
      Thread.ofVirtual()
          .start(() -> {
            try {
              create(instance, username);
            } catch (RuntimeException e) {
              failure.set(e);
            } finally {
              free.release();
            }
          });
    }
    free.acquire(AT_ONCE);
    RuntimeException cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("users could not be created", cause);
    }
  }

  /** Creates a user, and retries, since DynamoDB Local may answer late on a busy machine. */
  private static void create(Instance instance, String username) {
    CreateUserRequest request =
        CreateUserRequest.newBuilder()
            .setUsername(username)
            .setFirstName("Olivia")
            .setLastName("Measured")
            .setRequestId(UUID.randomUUID().toString())
            .build();
    for (int left = TRIES - 1; !isCreated(instance, request, left); left--) {
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  private static boolean isCreated(Instance instance, CreateUserRequest request, int triesLeft) {
    try {
      var unused = instance.stub(DEADLINE).createUser(request);
      return true;
    } catch (StatusRuntimeException e) {
      if (triesLeft == 0 || !REPEATED.contains(e.getStatus().getCode())) {
        throw e;
      }
      return false;
    }
  }

  /** Returns how many there are. */
  public int size() {
    return usernames.size();
  }

  /** Returns the username of a number, going round. */
  public String at(long number) {
    return usernames.get(Math.floorMod(number, usernames.size()));
  }
}
