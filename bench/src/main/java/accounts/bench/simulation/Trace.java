package accounts.bench.simulation;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls in the order of their time. */
interface Trace {

  /** Returns the next call; null after the last. */
  @Nullable Call next();

  /** Returns a trace of these calls. */
  static Trace of(List<Call> calls) {
    Iterator<Call> left = calls.iterator();
    return () -> left.hasNext() ? left.next() : null;
  }
}
