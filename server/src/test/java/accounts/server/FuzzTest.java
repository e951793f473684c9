package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.ErrorReason;
import accounts.v1.Role;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Requests of every kind, most of them wrong in some way. Whatever a caller sends, it is answered
 * with a row of the error table. {@code make fuzz} sends more of them.
 */
@Timeout(600)
final class FuzzTest {

  private static final int REQUESTS = Integer.getInteger("accounts.fuzz", 30_000);
  private static final long SEED = 20_260_101;
  private static final int AT_ONCE = 64;

  private static final Pattern DRIVER_TEXT =
      Pattern.compile(
          "(?i)software\\.amazon|exception|momento|\\bat [a-z]+\\.|java\\.|dynamodb|netty");

  /** It ends only when it is cancelled. */
  private static final String STREAM = "Watch";

  /** The table of {@code docs/api.md}. */
  private static final Map<ErrorReason, Code> TABLE = new EnumMap<>(ErrorReason.class);

  static {
    TABLE.put(ErrorReason.ERROR_REASON_INVALID_FIELD, Code.INVALID_ARGUMENT);
    TABLE.put(ErrorReason.ERROR_REASON_USER_NOT_FOUND, Code.NOT_FOUND);
    TABLE.put(ErrorReason.ERROR_REASON_ORGANIZATION_NOT_FOUND, Code.NOT_FOUND);
    TABLE.put(ErrorReason.ERROR_REASON_MEMBERSHIP_NOT_FOUND, Code.NOT_FOUND);
    TABLE.put(ErrorReason.ERROR_REASON_INVITATION_NOT_FOUND, Code.NOT_FOUND);
    TABLE.put(ErrorReason.ERROR_REASON_USER_ALREADY_EXISTS, Code.ALREADY_EXISTS);
    TABLE.put(ErrorReason.ERROR_REASON_ORGANIZATION_ALREADY_EXISTS, Code.ALREADY_EXISTS);
    TABLE.put(ErrorReason.ERROR_REASON_MEMBERSHIP_ALREADY_EXISTS, Code.ALREADY_EXISTS);
    TABLE.put(ErrorReason.ERROR_REASON_ROLE_REQUIRED, Code.PERMISSION_DENIED);
    TABLE.put(ErrorReason.ERROR_REASON_USER_SUSPENDED, Code.PERMISSION_DENIED);
    TABLE.put(ErrorReason.ERROR_REASON_HAS_MEMBERSHIPS, Code.FAILED_PRECONDITION);
    TABLE.put(ErrorReason.ERROR_REASON_BEING_DELETED, Code.FAILED_PRECONDITION);
    TABLE.put(ErrorReason.ERROR_REASON_NOT_DELETED, Code.FAILED_PRECONDITION);
    TABLE.put(ErrorReason.ERROR_REASON_TOO_MANY_LABELS, Code.FAILED_PRECONDITION);
    TABLE.put(ErrorReason.ERROR_REASON_UID_MISMATCH, Code.FAILED_PRECONDITION);
    TABLE.put(ErrorReason.ERROR_REASON_DELETION_UNFINISHED, Code.UNAVAILABLE);
    TABLE.put(ErrorReason.ERROR_REASON_LAST_OWNER, Code.FAILED_PRECONDITION);
    TABLE.put(ErrorReason.ERROR_REASON_REVISION_MISMATCH, Code.ABORTED);
    TABLE.put(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED, Code.INVALID_ARGUMENT);
    TABLE.put(ErrorReason.ERROR_REASON_STORE_THROTTLED, Code.RESOURCE_EXHAUSTED);
    TABLE.put(ErrorReason.ERROR_REASON_OVERLOADED, Code.RESOURCE_EXHAUSTED);
  }

  private static final int LARGEST_MESSAGE = 128 << 10;

  @AutoClose private static final TestBackends backends = new TestBackends();

  @AutoClose
  private static final TestService service = backends.start(Map.of("ACCOUNTS_REPAIR", "true"));

  private final Semaphore slots = new Semaphore(AT_ONCE);
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();

  @Test
  void anyRequest_isAnsweredByTheTable() throws Exception {
    Requests requests = new Requests(new Random(SEED), REQUESTS);
    for (String user : Requests.USERS) {
      assertThat(service.createUser(user).getRevision()).isEqualTo(1);
    }
    for (String organization : Requests.ORGANIZATIONS) {
      String owner = Requests.USERS.getFirst();
      assertThat(service.createOrganization(organization, owner).hasOrganization()).isTrue();
      service.add(organization, Requests.USERS.get(1), Role.ROLE_ADMIN, owner);
    }

    for (int i = 0; i < REQUESTS && wrong.size() < 20; i++) {
      send(i, requests.next());
    }
    assertThat(slots.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)).isTrue();

    assertThat(wrong).isEmpty();
    assertThat(seen.keySet())
        .as("successes of every RPC, and every reason that a caller can cause")
        .containsAll(
            AccountServiceGrpc.getServiceDescriptor().getMethods().stream()
                .map(method -> "OK " + method.getBareMethodName())
                .toList())
        .containsAll(
            TABLE.keySet().stream()
                .filter(reason -> TABLE.get(reason) != Code.RESOURCE_EXHAUSTED)
                .filter(reason -> TABLE.get(reason) != Code.UNAVAILABLE)
                .map(Enum::name)
                .toList());
    System.out.printf("fuzz: %d requests, seed %d: %s%n", REQUESTS, SEED, seen);
  }

  private void send(int number, Requests.Request request) throws InterruptedException {
    slots.acquire();
    ClientCall<byte[], byte[]> call =
        service
            .channel()
            .newCall(
                RawBytes.method(AccountServiceGrpc.SERVICE_NAME, request.method()),
                CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] message) {
            request.answered(message);
            if (request.method().equals(STREAM)) {
              count("OK " + STREAM);
              call.cancel("answered", null);
            }
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            check(number, request, status, trailers);
            slots.release();
          }
        },
        new Metadata());
    call.request(2);
    call.sendMessage(request.bytes());
    call.halfClose();
  }

  private void check(int number, Requests.Request request, Status status, Metadata trailers) {
    if (request.method().equals(STREAM) && status.getCode() == Status.Code.CANCELLED) {
      return;
    }
    if (status.isOk()) {
      count("OK " + request.method());
      return;
    }
    Refused refused = Refused.of(status.asRuntimeException(trailers));
    if (request.bytes().length > LARGEST_MESSAGE && refused.code() == Code.RESOURCE_EXHAUSTED) {
      return; // gRPC's own answer, which has no details
    }
    String fault = fault(refused);
    if (!fault.isEmpty()) {
      wrong.add("request %d, %s: %s %s".formatted(number, request, fault, refused));
    }
  }

  /** Returns what is wrong with an error; empty if nothing is. */
  private String fault(Refused refused) {
    if (!refused.hasInfo()) {
      return "no ErrorInfo";
    }
    String name = "ERROR_REASON_" + refused.reason();
    count(name);
    List<String> names = TABLE.keySet().stream().map(Enum::name).toList();
    if (!names.contains(name)) {
      return "no reason that a caller can cause";
    }
    if (TABLE.get(ErrorReason.valueOf(name)) != refused.code()) {
      return "not the reason's code";
    }
    // What a caller sent may be shown again: in quotes, or as a name.
    String message = refused.message().replaceAll("\"[^\"]*\"", "");
    return DRIVER_TEXT.matcher(message).find() ? "driver text" : "";
  }

  private void count(String outcome) {
    seen.computeIfAbsent(outcome, key -> new AtomicInteger()).incrementAndGet();
  }
}
