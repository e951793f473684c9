package accounts.bench.load;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
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

  private final List<EquivalentAddressGroup> addresses;

  private InstancesResolver(List<EquivalentAddressGroup> addresses) {
    this.addresses = addresses;
  }

  /**
   * Makes {@link #TARGET} known to the clients of this process.
   *
   * @param addresses each as {@code host:port}
   */
  static void register(List<String> addresses) {
    List<EquivalentAddressGroup> groups =
        addresses.stream()
            .map(address -> address.split(":", 2))
            .map(parts -> new InetSocketAddress(parts[0], Integer.parseInt(parts[1])))
            .map(EquivalentAddressGroup::new)
            .toList();
    NameResolverRegistry.getDefaultRegistry().register(new InstancesResolver(groups));
  }

  @Override
  public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return SCHEME.equals(target.getScheme()) ? new All() : null;
  }

  /** All addresses, at any time. */
  private final class All extends NameResolver {

    @Override
    public String getServiceAuthority() {
      return "instances.test";
    }

    @Override
    public void start(Listener2 listener) {
      listener.onResult(
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
