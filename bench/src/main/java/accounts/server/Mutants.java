package accounts.server;

import static java.util.Objects.requireNonNull;

import accounts.async.CallScope;
import accounts.cache.CellCache;
import accounts.cache.momento.CellCodec;
import accounts.cache.momento.MomentoItems;
import accounts.cache.momento.ReadThreads;
import accounts.domain.EntityKey;
import accounts.freshness.Barrier;
import accounts.freshness.EpochLease;
import accounts.read.Coalescer;
import accounts.read.ReadObserver;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.server.config.ConfigurationReader;
import accounts.service.CommitListener;
import accounts.service.EntityReader;
import accounts.service.ReadResult;
import accounts.store.DirectoryStore;
import accounts.store.Epochs;
import accounts.store.FleetStateStore;
import accounts.store.NoticeStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.ReadConcern;
import org.jspecify.annotations.Nullable;

/** The mutants by name: each is the freshness protocol without one of its safeguards. */
final class Mutants {

  private static final int OTHER_ANSWERS = CellCodec.ANSWERS + 1;

  private static final Map<String, Supplier<Parts>> ALL =
      Map.ofEntries(
          Map.entry("tutorial", Tutorial::new),
          Map.entry("plain-set-fill", PlainSetFill::new),
          Map.entry("no-commit-step", NoCommitStep::new),
          Map.entry("writer-fills-empty", WriterFillsEmpty::new),
          Map.entry("trusts-empty-before-commit", TrustsEmptyBeforeCommit::new),
          Map.entry("no-epoch-raise", NoEpochRaise::new),
          Map.entry("no-wait-after-raise", NoWaitAfterRaise::new),
          Map.entry("lease-never-expires", LeaseNeverExpires::new),
          Map.entry("epoch-after-read", EpochAfterRead::new),
          Map.entry("join-any-load", JoinAnyLoad::new),
          Map.entry("near-age-from-answer", NearAgeFromAnswer::new),
          Map.entry("lagging-replicas", LaggingReplicas::new),
          Map.entry("relied-on-unsettled", ReliedOnUnsettled::new),
          Map.entry("reused-nonces", ReusedNonces::new),
          Map.entry("incarnation-at-once", IncarnationAtOnce::new),
          Map.entry("one-incarnation-for-all-tables", OneIncarnationForAllTables::new),
          Map.entry("notice-believed-done", NoticeBelievedDone::new),
          Map.entry("remembered-lists", AnswersRememberedLists::new),
          Map.entry("cells-per-format", () -> new CellsPerFormat(CellCodec.ANSWERS)),
          Map.entry("cells-per-format-other", () -> new CellsPerFormat(OTHER_ANSWERS)),
          Map.entry("other-answer-format", OtherAnswerFormat::new));

  private Mutants() {}

  /**
   * Returns the parts of a mutant.
   *
   * @throws IllegalArgumentException if there is no mutant of that name
   */
  static Parts of(String name) {
    Supplier<Parts> parts = ALL.get(name);
    if (parts == null) {
      throw new IllegalArgumentException(
          "mutant: %s (expected: one of %s)".formatted(name, ALL.keySet()));
    }
    return parts.get();
  }

  /** Plain read-aside and write-aside: get; set after a miss; set after a write. */
  private static final class Tutorial extends Parts {

    private @Nullable CacheClient client;
    private @Nullable CellCodec codec;

    @Override
    MomentoItems items(CredentialProvider credentials, String cacheName, ReadThreads threads) {
      client = PlainSet.client(credentials, cache().ttl());
      return super.items(credentials, cacheName, threads);
    }

    @Override
    CellCodec codec(LongSupplier nonces) {
      CellCodec created = super.codec(nonces);
      codec = created;
      return created;
    }

    @Override
    CellCache readersCells(CellCache cells, EpochLease lease) {
      return new UnclaimedCells(cells, sets());
    }

    @Override
    CommitListener commits(CommitListener step, CellCache cells, EpochLease lease) {
      return new TutorialCommits(sets(), lease);
    }

    private PlainSet sets() {
      return new PlainSet(requireNonNull(client), requireNonNull(codec), cache().name());
    }

    private static Configuration.Cache cache() {
      try {
        return ConfigurationReader.read(System.getenv(), () -> true).cache();
      } catch (ConfigurationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A fill is set whether or not its claim still holds. */
  private static final class PlainSetFill extends Parts {
    @Override
    CellCache readersCells(CellCache cells, EpochLease lease) {
      return new BlindFills(cells);
    }
  }

  /** A write is acknowledged without the step in the cache. */
  private static final class NoCommitStep extends Parts {
    @Override
    CommitListener commits(CommitListener step, CellCache cells, EpochLease lease) {
      return new Commits(step, (effects, scope) -> CompletableFuture.completedFuture(null));
    }
  }

  /** A writer fills empty cells with its answer. */
  private static final class WriterFillsEmpty extends Parts {
    @Override
    CommitListener commits(CommitListener step, CellCache cells, EpochLease lease) {
      return new FillingCommits(step, cells, lease);
    }
  }

  /** A writer takes a cell that was empty before its commit for empty after it, too. */
  private static final class TrustsEmptyBeforeCommit extends Parts {
    @Override
    CommitListener commits(CommitListener step, CellCache cells, EpochLease lease) {
      return new Commits(
          step, (effects, scope) -> step.committed(Effects.withoutThoseSeenEmpty(effects), scope));
    }
  }

  /** A writer acknowledges although it cannot reach the cache. */
  private static final class NoEpochRaise extends Parts {
    @Override
    Barrier barrier(Barrier barrier, FleetStateStore states) {
      return (keys, scope) -> CompletableFuture.completedFuture(null);
    }
  }

  /** A writer that raises an epoch does not wait until no instance trusts the old one. */
  private static final class NoWaitAfterRaise extends Parts {
    @Override
    Barrier barrier(Barrier barrier, FleetStateStore states) {
      return (keys, scope) -> raise(states, keys, scope);
    }

    private static CompletableFuture<Void> raise(
        FleetStateStore states, Collection<EntityKey<?>> keys, CallScope scope) {
      Set<Integer> shards = keys.stream().map(Epochs::shardOf).collect(Collectors.toSet());
      return states
          .readAll(scope)
          .thenCompose(found -> states.raise(found.state().orElseThrow(), shards, scope))
          // If not raised, another writer was faster, which is as good.
          .thenAccept(raised -> {});
    }
  }

  /** An instance trusts the cache however long ago it read the epochs. */
  private static final class LeaseNeverExpires extends Parts {
    @Override
    EpochLease lease(Duration length, ScheduledExecutorService timer) {
      return new EpochLease(
          Duration.ofDays(1),
          EpochLease.waitFor(length),
          System::nanoTime,
          System::currentTimeMillis,
          timer);
    }
  }

  /** An instance adopts a new incarnation at once, while others may still use the old one. */
  private static final class IncarnationAtOnce extends Parts {
    @Override
    EpochLease lease(Duration length, ScheduledExecutorService timer) {
      // Not zero: the first read began before it ended, and would be ignored.
      return new EpochLease(
          length, length.negated(), System::nanoTime, System::currentTimeMillis, timer);
    }
  }

  /** A fill is labelled with the epoch known when it is made, not before the store was read. */
  private static final class EpochAfterRead extends Parts {
    @Override
    CellCache readersCells(CellCache cells, EpochLease lease) {
      return new LateLabels(cells, lease);
    }
  }

  /** Callers join loads that began before the call arrived. */
  private static final class JoinAnyLoad extends Parts {

    private static final long AHEAD = Duration.ofHours(1).toNanos();

    @Override
    Coalescer<EntityKey<?>, ReadResult<?>> coalescer(ReadObserver observer) {
      return new Coalescer<>(() -> System.nanoTime() + AHEAD, observer);
    }
  }

  /** The near cache counts an answer's age from the end of the read. */
  private static final class NearAgeFromAnswer extends Parts {
    @Override
    EntityReader reads(EntityReader readAside) {
      return new AgeFromAnswer(readAside);
    }
  }

  /** The cache is read from replicas, which may lag. */
  private static final class LaggingReplicas extends Parts {
    @Override
    MomentoItems items(CredentialProvider credentials, String cacheName, ReadThreads threads) {
      return new MomentoItems(credentials, cacheName, ReadConcern.BALANCED, threads);
    }
  }

  /** A write is acknowledged although the cache may hold older answers about what it relied on. */
  private static final class ReliedOnUnsettled extends Parts {
    @Override
    CommitListener commits(CommitListener step, CellCache cells, EpochLease lease) {
      return new Commits(
          step, (effects, scope) -> step.committed(Effects.withoutReliedOn(effects), scope));
    }
  }

  /** States of a cell with the same content have the same version. */
  private static final class ReusedNonces extends Parts {
    @Override
    LongSupplier nonces() {
      return () -> 1;
    }
  }

  /** All tables share one incarnation and its epochs. */
  private static final class OneIncarnationForAllTables extends Parts {
    @Override
    FleetStateStore states(FleetStateStore states) {
      return new SharedIncarnation(states);
    }
  }

  /** A writer takes a notice for done as soon as it is left. */
  private static final class NoticeBelievedDone extends Parts {
    @Override
    NoticeStore notices(NoticeStore notices) {
      return new BelievedNotices(notices);
    }
  }

  /** Lists of users and organizations are answered from memory, for a second. */
  private static final class AnswersRememberedLists extends Parts {
    @Override
    DirectoryStore directory(DirectoryStore directory) {
      return new RememberedLists(directory);
    }
  }

  /** Instances with different answer formats use different cells. */
  private static final class CellsPerFormat extends Parts {

    private final int answers;

    CellsPerFormat(int answers) {
      this.answers = answers;
    }

    @Override
    CellCodec codec(LongSupplier nonces) {
      return new CellCodec(nonces, answers);
    }

    @Override
    CellCache readersCells(CellCache cells, EpochLease lease) {
      return new SuffixedCells(cells, answers);
    }

    @Override
    CellCache writersCells(CellCache cells) {
      return new SuffixedCells(cells, answers);
    }
  }

  /** A later version, which caches answers in another format; no safeguard is missing. */
  private static final class OtherAnswerFormat extends Parts {
    @Override
    CellCodec codec(LongSupplier nonces) {
      return new CellCodec(nonces, OTHER_ANSWERS);
    }
  }
}
