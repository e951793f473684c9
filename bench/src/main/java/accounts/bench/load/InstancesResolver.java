package accounts.bench.load;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves one name to the addresses of all instances, as a headless Service does: a client of the
 * library connects to each of them, and balances its calls.
 */
final class InstancesResolver extends NameResolverProvider {

  private static final String SCHEME = "instances";

  /** What a client connects to once the addresses are {@linkplain #register registered}. */
  static final String TARGET = SCHEME + ":///all";

  private static final int PRIORITY = 5;

  /** As gRPC looks up names in DNS. */
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(30);

  private volatile List<EquivalentAddressGroup> addresses;

  private InstancesResolver(List<EquivalentAddressGroup> addresses) {
    this.addresses = addresses;
  }

  /**
   * Makes {@link #TARGET} known to the clients of this process.
   *
   * @param addresses each as {@code host:port}
   */
  static InstancesResolver register(List<String> addresses) {
    InstancesResolver resolver = new InstancesResolver(groups(addresses));
    NameResolverRegistry.getDefaultRegistry().register(resolver);
    return resolver;
  }

  /** Changes the addresses, which clients notice when they look the name up again. */
  void change(List<String> changed) {
    addresses = groups(changed);
  }

  private static List<EquivalentAddressGroup> groups(List<String> addresses) {
    return addresses.stream()
        .map(address -> address.split(":", 2))
        .map(parts -> new InetSocketAddress(parts[0], Integer.parseInt(parts[1])))
        .map(EquivalentAddressGroup::new)
        .toList();
  }

  @Override
  public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return SCHEME.equals(target.getScheme()) ? new All() : null;
  }

  /** Looks up all addresses; gRPC calls it from one thread at a time. */
  private final class All extends NameResolver {

    private @Nullable Listener2 listener;
    private long lookedUp;

    @Override
    public String getServiceAuthority() {
      return "instances.test";
    }

    @Override
    public void start(Listener2 wanting) {
      listener = wanting;
      lookUp(wanting);
    }

    /** A balancer asks for it when a connection has ended. */
    @Override
    public void refresh() {
      if (listener != null && System.nanoTime() - lookedUp >= AT_MOST_EVERY.toNanos()) {
        lookUp(listener);
      }
    }

    private void lookUp(Listener2 wanting) {
      lookedUp = System.nanoTime();
      wanting.onResult(
          ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(addresses)).build());
    }

    @Override
    public void shutdown() {}
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return PRIORITY;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return Set.of(InetSocketAddress.class);
  }
}
