package accounts.server;

import accounts.cache.CellCache;
import accounts.cache.momento.CellCodec;
import accounts.cache.momento.MomentoCredentials;
import accounts.cache.momento.MomentoItems;
import accounts.cache.momento.ReadThreads;
import accounts.cache.momento.UnusableKeyException;
import accounts.domain.EntityKey;
import accounts.freshness.Barrier;
import accounts.freshness.EpochLease;
import accounts.read.Coalescer;
import accounts.read.ReadObserver;
import accounts.server.config.ConfigurationException;
import accounts.service.CommitListener;
import accounts.service.DeletionSweeper;
import accounts.service.Deletions;
import accounts.service.DirectoryBackfill;
import accounts.service.DirectoryObserver;
import accounts.service.EntityReader;
import accounts.service.ReadResult;
import accounts.store.AccountStore;
import accounts.store.DeletionStore;
import accounts.store.DirectoryStore;
import accounts.store.FleetStateStore;
import accounts.store.NoticeStore;
import accounts.telemetry.Telemetry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.ReadConcern;

/**
 * The parts of the freshness protocol that {@link Wiring} puts together. Servers with one part
 * missing, in {@code bench}, override one method each to show that the checker notices.
 */
class Parts {

  private final SecureRandom random = new SecureRandom();

  /**
   * @throws ConfigurationException if one of OpenTelemetry's variables is wrong
   */
  Telemetry telemetry() throws ConfigurationException {
    try {
      return Telemetry.start(System.getenv());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(List.of("OpenTelemetry (OTEL_*): " + e.getMessage()));
    }
  }

  CredentialProvider credentials(String apiKey) throws UnusableKeyException {
    return MomentoCredentials.cloud(apiKey);
  }

  MomentoItems items(CredentialProvider credentials, String cacheName, ReadThreads threads) {
    return new MomentoItems(credentials, cacheName, ReadConcern.CONSISTENT, threads);
  }

  LongSupplier nonces() {
    return random::nextLong;
  }

  CellCodec codec(LongSupplier nonces) {
    return new CellCodec(nonces, CellCodec.ANSWERS);
  }

  CellCache readersCells(CellCache cells, EpochLease lease) {
    return cells;
  }

  CellCache writersCells(CellCache cells) {
    return cells;
  }

  EpochLease lease(Duration length, ScheduledExecutorService timer) {
    return new EpochLease(length, System::nanoTime, System::currentTimeMillis, timer);
  }

  Barrier barrier(Barrier barrier, FleetStateStore states) {
    return barrier;
  }

  DeletionStore deletions(DeletionStore store) {
    return store;
  }

  DeletionSweeper sweeper(
      DeletionStore store, Deletions deletions, ScheduledExecutorService timer, Runnable finished) {
    return new DeletionSweeper(store, deletions, timer, finished, System::nanoTime);
  }

  DirectoryStore directory(DirectoryStore directory) {
    return directory;
  }

  DirectoryBackfill backfill(
      AccountStore store,
      DirectoryStore directory,
      InstantSource clock,
      ScheduledExecutorService timer,
      DirectoryObserver observer) {
    return new DirectoryBackfill(store, directory, clock, timer, observer, System::nanoTime);
  }

  CommitListener commits(CommitListener step, CellCache cells, EpochLease lease) {
    return step;
  }

  Coalescer<EntityKey<?>, ReadResult<?>> coalescer(ReadObserver observer) {
    return new Coalescer<>(System::nanoTime, observer);
  }

  EntityReader reads(EntityReader readAside) {
    return readAside;
  }

  FleetStateStore states(FleetStateStore states) {
    return states;
  }

  NoticeStore notices(NoticeStore notices) {
    return notices;
  }
}
