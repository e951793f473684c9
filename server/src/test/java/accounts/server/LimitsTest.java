package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.Role;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What goes beyond a limit, or is no call of the contract at all. */
final class LimitsTest {

  private static final int LIMIT = 128 * 1024;

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();

  @Test
  void message_overALimit_isRefusedAsExhausting() {
    CreateUserRequest request =
        CreateUserRequest.newBuilder().setUsername("x".repeat(LIMIT)).build();

    assertThat(Refused.by(() -> service.stub().createUser(request)).code())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void message_justUnderTheLimit_isRead() {
    CreateUserRequest request =
        CreateUserRequest.newBuilder().setUsername("x".repeat(LIMIT - 100)).build();

    assertThat(Refused.by(() -> service.stub().createUser(request)).reason())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void message_theLargestValidOne_isAnswered() {
    String organization =
        "\uD83D\uDE00".repeat(99) + "a"; // four bytes each, and what is left in the slug
    String username = "u".repeat(128);
    BatchCheckAccessRequest.Builder request = BatchCheckAccessRequest.newBuilder();
    for (int i = 0; i < 100; i++) {
      request
          .addChecksBuilder()
          .setOrganizationName(organization)
          .setUsername(username)
          .setRequiredRole(Role.ROLE_MEMBER);
    }

    assertThat(request.build().getSerializedSize()).isBetween(52 * 1024, 53 * 1024);
    assertThat(service.stub().batchCheckAccess(request.build()).getResultsCount()).isEqualTo(100);
  }

  @Test
  void message_overTheLimitOnceUnpacked_isRefusedAsExhausting() {
    CreateUserRequest request =
        CreateUserRequest.newBuilder().setUsername("x".repeat(20 * LIMIT)).build();

    assertThat(Refused.by(() -> service.stub().withCompression("gzip").createUser(request)).code())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void message_compressed_isRead() {
    CreateUserRequest request = CreateUserRequest.newBuilder().setUsername("#").build();

    assertThat(
            Refused.by(() -> service.stub().withCompression("gzip").createUser(request)).reason())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void message_saidToBeCompressedAndNot_isNotTheServicesFault() {
    Refused refused = send("CreateUser", CallOptions.DEFAULT, new NotGzip(), new byte[] {1, 2, 3});

    assertThat(refused.code())
        .isNotIn(Status.Code.UNKNOWN, Status.Code.INTERNAL, Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void message_cutShortInItsCompression_isNotTheServicesFault() {
    Refused refused = send("CreateUser", CallOptions.DEFAULT, new CutGzip(), new byte[1000]);

    assertThat(refused.code())
        .isNotIn(Status.Code.UNKNOWN, Status.Code.INTERNAL, Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void message_randomBytes_isAnInvalidField() {
    Refused refused = send("CreateUser", bytes(0xff, 0xff, 0xff));

    assertThat(refused.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refused.reason()).isEqualTo("INVALID_FIELD");
    assertThat(refused.message()).contains("accounts.v1.AccountService/CreateUser");
  }

  @Test
  void message_textThatIsNotUtf8_isAnInvalidField() {
    assertThat(send("GetUser", bytes(0x0a, 0x02, 0xc3, 0x28)).reason()).isEqualTo("INVALID_FIELD");
  }

  @Test
  void message_none_isAnInvalidField() {
    assertThat(send("GetUser").reason()).isEqualTo("INVALID_FIELD");
  }

  @Test
  void message_two_isAnInvalidField() {
    assertThat(send("GetUser", bytes(0x0a, 0x01, 'x'), bytes(0x0a, 0x01, 'y')).reason())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void message_twoOfWhichOneIsUnreadable_isAnInvalidField() {
    assertThat(send("GetUser", bytes(0xff), bytes(0x0a, 0x01, 'y')).reason())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void message_unknownFields_areIgnored() {
    assertThat(send("GetUser", bytes(0x0a, 0x01, 'x', 0xf8, 0x3f, 0x01)).reason())
        .isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void method_unknown_isUnimplemented() {
    assertThat(send("DropTables", bytes()).code()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void metadata_overTheLimit_isRefused() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20_000));

    Refused refused =
        Refused.by(() ->
            service
                .stub()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .createUser(CreateUserRequest.getDefaultInstance()));

    assertThat(refused.code()).isNotIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void service_afterAllThat_answers() {
    assertThat(service.createUser(TestService.fresh("user")).getRevision()).isEqualTo(1);
  }

  private static byte[] bytes(int... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int value : values) {
      bytes.write(value);
    }
    return bytes.toByteArray();
  }

  private static Refused send(String method, byte[]... messages) {
    return send(method, CallOptions.DEFAULT, Codec.Identity.NONE, messages);
  }

  private static Refused send(String method, CallOptions options, Codec codec, byte[]... messages) {
    CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
    compressors.register(codec);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", service.port())
            .usePlaintext()
            .compressorRegistry(compressors)
            .build();
    try {
      return send(channel, method, options.withCompression(codec.getMessageEncoding()), messages);
    } finally {
      channel.shutdownNow();
    }
  }

  private static Refused send(
      ManagedChannel channel, String method, CallOptions options, byte[]... messages) {
    CompletableFuture<Refused> end = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            RawBytes.method(AccountServiceGrpc.SERVICE_NAME, method),
            options.withDeadlineAfter(20, TimeUnit.SECONDS));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(Refused.of(status.asRuntimeException(trailers)));
          }
        },
        new Metadata());
    call.request(2);
    List.of(messages).forEach(call::sendMessage);
    call.halfClose();
    return end.join();
  }

  /** Says gzip and leaves the bytes as they are. */
  private static final class NotGzip implements Codec {

    @Override
    public String getMessageEncoding() {
      return "gzip";
    }

    @Override
    public OutputStream compress(OutputStream out) throws IOException {
      return out;
    }

    @Override
    public InputStream decompress(InputStream in) {
      return in;
    }
  }

  /** Says gzip and stops in the middle. */
  private static final class CutGzip implements Codec {

    @Override
    public String getMessageEncoding() {
      return "gzip";
    }

    @Override
    public OutputStream compress(OutputStream out) {
      return new ByteArrayOutputStream() {
        @Override
        public void close() throws IOException {
          ByteArrayOutputStream whole = new ByteArrayOutputStream();
          try (OutputStream gzip = new GZIPOutputStream(whole)) {
            gzip.write(toByteArray());
          }
          out.write(whole.toByteArray(), 0, whole.size() / 2);
          out.close();
        }
      };
    }

    @Override
    public InputStream decompress(InputStream in) {
      return in;
    }
  }
}
