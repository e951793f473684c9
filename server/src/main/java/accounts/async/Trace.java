package accounts.async;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in the trace of a call: a step that is being done, and under which further steps begin.
 * It travels with {@link CallScope}, never with a thread. Notes are kinds, counts and outcomes, and
 * never the name of anybody. All methods may be called from any thread.
 */
public interface Trace {

  /** Nothing is traced. Every step of it is itself. */
  Trace NONE =
      new Trace() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public Trace step(String name) {
          return this;
        }

        @Override
        public Trace call(String name) {
          return this;
        }

        @Override
        public void note(String key, String value) {}

        @Override
        public void note(String key, long value) {}

        @Override
        public void waitsFor(Trace other) {}

        @Override
        public void end(@Nullable Throwable failure) {}

        @Override
        public Map<String, String> ids() {
          return Map.of();
        }
      };

  /** Returns whether steps are recorded. */
  boolean isOn();

  /** Begins a step inside of the process. */
  Trace step(String name);

  /** Begins a step that is a call of another system. */
  Trace call(String name);

  /** Adds an attribute to this step. */
  void note(String key, String value);

  /** Adds an attribute to this step. */
  void note(String key, long value);

  /** Says that this step waits for a step of another trace, or of the same, that has begun. */
  void waitsFor(Trace other);

  /**
   * Ends this step.
   *
   * @param failure why it failed; null if it did not
   */
  void end(@Nullable Throwable failure);

  /** Returns what a log line shows of this place: {@code trace_id} and {@code span_id}, or none. */
  Map<String, String> ids();
}
