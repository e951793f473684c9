package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.fake.FakeServer;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests load balancing with a name that has several addresses, as of a headless Service. */
final class BalancingTest {

  @RegisterExtension final FakeServer first = new FakeServer();
  @RegisterExtension final FakeServer second = new FakeServer();
  private final Both both = new Both();
  private List<EquivalentAddressGroup> addresses = List.of();
  private AccountsClient client;

  @BeforeEach
  void connect() {
    addresses = Stream.of(first, second).map(BalancingTest::address).toList();
    NameResolverRegistry.getDefaultRegistry().register(both);
    client = AccountsClient.builder("both:///").plaintext().build();
  }

  @AfterEach
  void close() {
    client.close();
    NameResolverRegistry.getDefaultRegistry().deregister(both);
  }

  @Test
  void calls_twoInstances_reachBoth() {
    assertThat(inTheEnd(this::bothReached)).isTrue();
  }

  @Test
  void calls_oneInstanceGone_areAnswered() throws Exception {
    first.stop();

    for (int i = 0; i < 20; i++) {
      assertThat(client.blocking().findUser("olivia", Deadline.after(Duration.ofSeconds(5))))
          .isEmpty();
    }
  }

  @Test
  void calls_oneInstanceNotServing_goToTheOtherAlthoughItsConnectionStands() {
    assertThat(inTheEnd(this::bothReached)).isTrue();

    first.serving(false);

    assertThat(inTheEnd(this::firstPassedOver)).isTrue();
    assertThat(first.connections()).isEqualTo(1);
  }

  @Test
  void calls_instanceServingAgain_reachItByTheSameConnection() {
    first.serving(false);
    assertThat(inTheEnd(this::firstPassedOver)).isTrue();

    first.serving(true);

    assertThat(inTheEnd(this::bothReached)).isTrue();
    assertThat(first.connections()).isEqualTo(1);
  }

  /** A connection that is not ready yet is skipped, so a fixed number of calls is not enough. */
  private static boolean inTheEnd(BooleanSupplier condition) {
    return Stream.generate(condition::getAsBoolean).limit(10_000).anyMatch(reached -> reached);
  }

  /** Makes as many calls as would reach each of the two several times. */
  private boolean firstPassedOver() {
    int before = first.script().seen().size();
    IntStream.range(0, 10).forEach(i -> client.findUser("olivia").join());
    return first.script().seen().size() == before;
  }

  private boolean bothReached() {
    client.findUser("olivia").join();
    return !first.script().seen().isEmpty() && !second.script().seen().isEmpty();
  }

  private static EquivalentAddressGroup address(FakeServer server) {
    URI uri = URI.create("grpc://" + server.address());
    return new EquivalentAddressGroup(new InetSocketAddress(uri.getHost(), uri.getPort()));
  }

  /** Resolves {@code both:///} to the two servers. */
  private final class Both extends NameResolverProvider {
    @Override
    public String getDefaultScheme() {
      return "both";
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
      return new NameResolver() {
        @Override
        public String getServiceAuthority() {
          return "both";
        }

        @Override
        public void start(Listener2 listener) {
          listener.onResult(
              ResolutionResult.newBuilder()
                  .setAddressesOrError(StatusOr.fromValue(addresses))
                  .build());
        }

        @Override
        public void shutdown() {}
      };
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }
  }
}
