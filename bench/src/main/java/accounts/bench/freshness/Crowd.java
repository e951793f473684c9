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

/** Many readers who come at once, on top of the load; the ledger judges what they are told. */
public final class Crowd {

  private static final String OVERLOADED = "OVERLOADED";

  private final Instances instances;
  private final Board board;
  private final Ledger ledger;
  private final Names names;
  private final Reader reader;

  Crowd(Instances instances, Board board, Ledger ledger, Names names, Reader reader) {
    this.instances = instances;
    this.board = board;
    this.ledger = ledger;
    this.names = names;
    this.reader = reader;
  }

  /** Has them all read one hot thing through all instances; returns how many were answered. */
  public long wantOne(int callers) throws InterruptedException {
    Watch watch = board.any();
    return rush(callers, () -> watch).answered.sum();
  }

  /**
   * Has each of them read a user of its own, none of whom is there; returns how many were refused
   * because their instance has too much to do.
   *
   * @param what the usernames contain
   */
  public long wantOneEach(int callers, String what) throws InterruptedException {
    return rush(callers, () -> ledger.open(Key.user(names.next(what)))).refused.sum();
  }

  private Rush rush(int callers, Supplier<Watch> wanted) throws InterruptedException {
    Rush rush = new Rush();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Instance instance = instances.at(i);
      Watch watch = wanted.get();
      threads.add(Thread.ofVirtual().start(() -> rush.read(instance, watch)));
    }
    rush.start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return rush;
  }

  private final class Rush {

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
