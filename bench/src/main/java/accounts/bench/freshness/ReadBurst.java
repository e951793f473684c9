package accounts.bench.freshness;

import accounts.bench.history.Key;
import accounts.bench.history.Watch;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Many reads at once, on top of the load; the ledger judges the answers. */
public final class ReadBurst {

  private static final String OVERLOADED = "OVERLOADED";

  private final Instances instances;
  private final WatchedKeys watched;
  private final Ledger ledger;
  private final Names names;
  private final Reader reader;

  ReadBurst(Instances instances, WatchedKeys watched, Ledger ledger, Names names, Reader reader) {
    this.instances = instances;
    this.watched = watched;
    this.ledger = ledger;
    this.names = names;
    this.reader = reader;
  }

  /**
   * Reads one hot key many times at once, through all instances; returns how many reads were
   * answered.
   */
  public long readOneKey(int callers) throws InterruptedException {
    Watch watch = watched.any();
    return burst(callers, () -> watch).answered.sum();
  }

  /**
   * Reads as many different users at once, none of which exists; returns how many reads were
   * refused because their instance was overloaded.
   *
   * @param what the usernames contain, for fault rules
   */
  public long readOneKeyEach(int callers, String what) throws InterruptedException {
    return burst(callers, () -> ledger.open(Key.user(names.next(what)))).refused.sum();
  }

  private Burst burst(int callers, Supplier<Watch> watches) throws InterruptedException {
    Burst burst = new Burst();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Instance instance = instances.at(i);
      Watch watch = watches.get();
      threads.add(Thread.ofVirtual().start(() -> burst.read(instance, watch)));
    }
    burst.start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return burst;
  }

  private final class Burst {

    private final CountDownLatch start = new CountDownLatch(1);
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void read(Instance instance, Watch watch) {
      try {
        start.await();
        reader.fresh(instance, watch);
        answered.increment();
      } catch (StatusRuntimeException failure) {
        ledger.tally().failed("read", failure.getStatus());
        refused.add(isOverloaded(failure) ? 1 : 0);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isOverloaded(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    return status != null
        && status.getDetailsList().stream().map(Answers::reason).anyMatch(OVERLOADED::equals);
  }
}
