package accounts.repair;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the repair does. */
public final class RecordingRepairObserver implements RepairObserver {

  public final AtomicInteger handled = new AtomicInteger();
  public final AtomicInteger settled = new AtomicInteger();
  public final AtomicInteger appended = new AtomicInteger();
  public final AtomicInteger noticesDone = new AtomicInteger();
  public final AtomicInteger shardsGivenUp = new AtomicInteger();

  @Override
  public void handled(int records) {
    handled.addAndGet(records);
  }

  @Override
  public void settled(int cells) {
    settled.addAndGet(cells);
  }

  @Override
  public void appended(int changes) {
    appended.addAndGet(changes);
  }

  @Override
  public void noticeDone() {
    noticesDone.incrementAndGet();
  }

  @Override
  public void shardGivenUp() {
    shardsGivenUp.incrementAndGet();
  }
}
