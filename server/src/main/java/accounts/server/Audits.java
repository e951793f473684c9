package accounts.server;

import accounts.audit.AuditMetrics;
import accounts.audit.Auditor;
import accounts.audit.HintAuditor;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.freshness.CellReads;
import accounts.metrics.Metrics;
import accounts.read.ReadObserver;
import accounts.read.ReadObservers;
import accounts.server.config.Configuration;
import accounts.store.AccountStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** Builds the observers of reads: metrics and, where audits are switched on, the two auditors. */
final class Audits {

  private final ReadObserver observer;
  private final Optional<HintAuditor> hintAuditor;

  /**
   * @param grace no shorter than the longest time from a commit to its acknowledgement
   */
  Audits(
      Configuration configuration,
      Metrics metrics,
      CellReads cells,
      AccountStore store,
      Duration grace,
      ScheduledExecutorService timer) {
    AuditMetrics auditMetrics = new AuditMetrics(metrics.registry());
    int perSecond = configuration.admin().auditPerSecond();
    if (perSecond == 0) {
      this.hintAuditor = Optional.empty();
      this.observer = metrics.reads();
    } else {
      HintAuditor hints = new HintAuditor(System::nanoTime, auditMetrics);
      this.hintAuditor = Optional.of(hints);
      this.observer =
          new ReadObservers(
              List.of(
                  metrics.reads(),
                  hints,
                  new Auditor(
                      cells,
                      store,
                      perSecond,
                      grace,
                      configuration.store().timeout(),
                      System::nanoTime,
                      timer,
                      auditMetrics)));
    }
  }

  ReadObserver observer() {
    return observer;
  }

  /** Records a received hint. */
  void hinted(EntityKey<?> key, Revision revision) {
    hintAuditor.ifPresent(auditor -> auditor.heard(key, revision));
  }
}
