package accounts.local.momento;

import io.grpc.Context;
import java.time.Duration;

/**
 * How far behind the replica is that answers a call: its reads see what was there that long ago.
 * Travels with the call's context; none means the newest.
 */
public final class ReplicaLag {

  private static final Context.Key<Duration> KEY =
      Context.keyWithDefault("replica-lag", Duration.ZERO);

  private ReplicaLag() {}

  /** Returns {@code context} with this lag. */
  public static Context with(Context context, Duration lag) {
    return context.withValue(KEY, lag);
  }

  /** Returns that of the call that this thread serves. */
  static Duration current() {
    return KEY.get();
  }
}
