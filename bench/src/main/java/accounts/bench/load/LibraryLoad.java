package accounts.bench.load;

import accounts.bench.load.Sample.Ending;
import accounts.client.AccountsClient;
import accounts.client.AccountsException;
import accounts.client.ErrorReason;
import accounts.client.Source;
import accounts.client.UserUpdate;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A load of FRESH reads and changes of users by the project's own client, as its users have it: one
 * client for all instances, with its default deadlines and retries. Runs until it is closed.
 */
final class LibraryLoad implements CallerLoad {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int MOST_READS = 2_000;
  private static final int MOST_WRITES = 500;

  private final SampleLog reads = new SampleLog();
  private final SampleLog writes = new SampleLog();
  private final Attempts attempts = new Attempts();
  private final InstancesResolver resolver;
  private final Population users;
  private final AccountsClient client;
  private final List<OpenLoop> loops;

  /**
   * Starts the load.
   *
   * @param addresses of all instances, each as {@code host:port}
   * @param token of the caller
   * @param reads a second
   * @param writes a second
   */
  LibraryLoad(List<String> addresses, String token, Population users, double reads, double writes) {
    this.resolver = InstancesResolver.register(addresses);
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    this.users = users;
    this.client =
        AccountsClient.builder(InstancesResolver.TARGET)
            .plaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
            .intercept(attempts)
            .build();
    this.loops =
        List.of(
            OpenLoop.start("reads", reads, MOST_READS, this::read, this.reads::dropped),
            OpenLoop.start("writes", writes, MOST_WRITES, this::write, this.writes::dropped));
  }

  private void read(long number, long due, Runnable ended) {
    record(
        client.getUser(users.at(number)),
        result -> result.source() == Source.STORE ? Ending.MISS : Ending.HIT,
        reads,
        due,
        ended);
  }

  private void write(long number, long due, Runnable ended) {
    record(
        client.updateUser(UserUpdate.of(users.at(number)).lastName("Measured " + number)),
        user -> Ending.ACKNOWLEDGED,
        writes,
        due,
        ended);
  }

  private static <T> void record(
      CompletableFuture<T> call,
      Function<T, Ending> ending,
      SampleLog log,
      long due,
      Runnable ended) {
    var unused =
        call.whenComplete((result, failure) -> {
          if (failure == null) {
            log.ended(due, ending.apply(result), "");
          } else {
            log.ended(due, Ending.FAILED, code(failure));
          }
          ended.run();
        });
  }

  private static String code(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof AccountsException known) {
      // What is not from the service has no reason: its message says what happened.
      return known.code()
          + " "
          + (known.reason() == ErrorReason.UNKNOWN ? known.getMessage() : known.reason());
    }
    return String.valueOf(cause);
  }

  @Override
  public String name() {
    return "Java";
  }

  @Override
  public Samples in(Period period) {
    List<Sample> all = new ArrayList<>(reads.in(period).all());
    all.addAll(writes.in(period).all());
    return new Samples(all);
  }

  @Override
  public long retries() {
    return attempts.retries();
  }

  @Override
  public Map<String, Long> byAddress() {
    return attempts.byAddress();
  }

  @Override
  public void resolveTo(List<String> addresses) {
    resolver.change(addresses);
  }

  @Override
  public void close() {
    loops.forEach(OpenLoop::close);
    client.close();
  }
}
