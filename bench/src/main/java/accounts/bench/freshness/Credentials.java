package accounts.bench.freshness;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a caller connects and proves who it is.
 *
 * @param ca of the servers' certificates, as PEM; empty for plaintext
 * @param token of the caller; empty for none
 */
public record Credentials(Optional<Path> ca, Optional<String> token) {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** Plaintext, as nobody in particular. */
  public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

  /** Plaintext, with a token. */
  public static Credentials token(String token) {
    return new Credentials(Optional.empty(), Optional.of(token));
  }

  /** Returns a builder of channels to this address, {@code host:port}. */
  public ManagedChannelBuilder<?> channel(String address) {
    ChannelCredentials server =
        ca.map(Credentials::trusting).orElseGet(InsecureChannelCredentials::create);
    ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(address, server);
    token.ifPresent(text -> {
      Metadata headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + text);
      builder.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
    });
    return builder;
  }

  private static ChannelCredentials trusting(Path file) {
    try {
      return TlsChannelCredentials.newBuilder().trustManager(file.toFile()).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
