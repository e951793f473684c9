package accounts.grpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What one connection, and one call, may take of this instance's memory and time. */
final class TransportLimits {

  /**
   * The largest valid request takes 53 KiB; malformed ones are told what is wrong as far as they
   * fit.
   */
  static final int MESSAGE_BYTES = 128 * 1024;

  private static final int METADATA_BYTES = 16 * 1024;

  /** What Netty may have received of a connection, or of a call, and gRPC has not read yet. */
  private static final int WINDOW_BYTES = 128 * 1024;

  private static final int CALLS_PER_CONNECTION = 100;

  private static final int RESETS = 1000;
  private static final Duration RESETS_WITHIN = Duration.ofSeconds(10);
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final Duration KEEPALIVE_AT_MOST_EVERY = Duration.ofSeconds(10);
  private static final Duration PING_AFTER = Duration.ofMinutes(1);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofMinutes(5);

  /** How much longer than a call's timeout its response may wait to be read. */
  private static final Duration UNREAD = Duration.ofSeconds(1);

  /** Between the end of a watch and that of its connection. */
  private static final Duration WATCH_MARGIN = Duration.ofSeconds(2);

  private static final int AGE_SPREAD = 10;

  private TransportLimits() {}

  /**
   * Returns how long after the opening of its connection a watch ends: when its caller has
   * certainly been told that the connection takes no more calls, and goes on with another one; and
   * before the connection can end under it.
   *
   * @param age how long a connection lasts, give or take a tenth
   */
  static Duration watchLifetime(Duration age) {
    return age.plus(age.dividedBy(AGE_SPREAD)).plus(WATCH_MARGIN.dividedBy(2));
  }

  /** Between the earliest and the latest end of a connection. */
  private static Duration ageSpread(Duration age) {
    return age.dividedBy(AGE_SPREAD).multipliedBy(2);
  }

  /**
   * Applies the limits.
   *
   * @param longestCall the longest time until a call is answered
   * @param age how long a connection lasts: clients that balance calls look for new instances only
   *     when a connection ends. gRPC takes up to a tenth more or less, by chance, so that not all
   *     of them end at once
   */
  static void apply(NettyServerBuilder builder, Duration longestCall, Duration age) {
    Duration longestStream = longestCall.plus(UNREAD);
    builder
        .maxInboundMessageSize(MESSAGE_BYTES)
        .maxInboundMetadataSize(METADATA_BYTES)
        .flowControlWindow(WINDOW_BYTES)
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
        .maxRstFramesPerWindow(RESETS, (int) RESETS_WITHIN.toSeconds())
        .handshakeTimeout(HANDSHAKE.toSeconds(), TimeUnit.SECONDS)
        .permitKeepAliveTime(KEEPALIVE_AT_MOST_EVERY.toSeconds(), TimeUnit.SECONDS)
        .keepAliveTime(PING_AFTER.toSeconds(), TimeUnit.SECONDS)
        .keepAliveTimeout(PING_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
        .maxConnectionIdle(IDLE.toSeconds(), TimeUnit.SECONDS)
        .maxConnectionAge(age.toSeconds(), TimeUnit.SECONDS)
        .maxConnectionAgeGrace(
            longestStream.plus(ageSpread(age)).plus(WATCH_MARGIN).toSeconds() + 1, TimeUnit.SECONDS)
        .addStreamTracerFactory(new StreamDeadlines(longestStream));
  }
}
