package accounts.local.momento;

import io.grpc.Context;
import java.time.Duration;

/**
 * The lag of the replica that answers a call: its reads see the contents of that long ago. Part of
 * the call's context; zero without one.
 */
public final class ReplicaLag {

  private static final Context.Key<Duration> KEY =
      Context.keyWithDefault("replica-lag", Duration.ZERO);

  private ReplicaLag() {}

  /** Returns {@code context} with this lag. */
  public static Context with(Context context, Duration lag) {
    return context.withValue(KEY, lag);
  }

  /** Returns the lag of the call that this thread handles. */
  static Duration current() {
    return KEY.get();
  }
}
