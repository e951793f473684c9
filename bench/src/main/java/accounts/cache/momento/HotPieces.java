package accounts.cache.momento;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellKey;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Labels;
import accounts.domain.Lookup;
import accounts.domain.PersonName;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.read.NearCache;
import accounts.read.ReadObserver;
import accounts.service.Consistency;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.service.Source;
import accounts.service.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Pieces that are on the path of every hit, by JMH. In the package of the codec, whose methods are
 * its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPieces {

  private static final String INCARNATION = "0123456789abcdef";

  private static final ReadOptions BOUNDED = new ReadOptions(Consistency.BOUNDED, Revision.NONE);

  private final CellCodec codec =
      new CellCodec(new AtomicLong()::incrementAndGet, CellCodec.ANSWERS);
  private final UserKey user = new UserKey(new Username("olivia"));
  private final CellKey key = CellKey.of(INCARNATION, user);
  private final User olivia =
      User.created(
          new Username("olivia"),
          new PersonName("Olivia"),
          new PersonName("Measured"),
          Labels.NONE,
          Revision.NONE,
          Instant.EPOCH);
  private final Cell cell = new Cell.Value(1, new Lookup.Found<>(olivia));
  private final byte[] bytes = codec.encode(key, cell).toByteArray();
  private final CallScope scope = CallScope.of(Duration.ofDays(1));
  private final NearCache memory =
      new NearCache(this::answer, Duration.ofDays(1), 1 << 20, System::nanoTime, ReadObserver.NONE);

  private CompletableFuture<ReadResults> answer(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope caller) {
    ReadResult<User> answer =
        new ReadResult<>(new Lookup.Found<>(olivia), Source.CACHE, System.nanoTime(), Stamp.NONE);
    return CompletableFuture.completedFuture(new ReadResults(Map.of(user, answer)));
  }

  /** The bytes of a cached answer, with its checksum, to what they mean. */
  @Benchmark
  public Cell decodeCell() {
    return codec.decode(key, bytes);
  }

  /** An answer to bytes, as after a miss or a change. */
  @Benchmark
  public Object encodeCell() {
    return codec.encode(key, cell);
  }

  /** A BOUNDED read that memory answers. */
  @Benchmark
  public CompletableFuture<ReadResult<User>> nearHit() {
    return memory.get(user, BOUNDED, scope);
  }

  /** The uid of a user, which every response has. */
  @Benchmark
  public String entityUid() {
    return olivia.uid().text();
  }

  /** The key of a user's cell. */
  @Benchmark
  public CellKey cellKey() {
    return CellKey.of(INCARNATION, user);
  }
}
