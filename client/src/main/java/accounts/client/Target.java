package accounts.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Inspects a gRPC target before it is resolved. */
final class Target {

  /**
   * An optional {@code dns:} with its authority, then a host, in brackets if it is IPv6, then an
   * optional port.
   */
  private static final Pattern DNS =
      Pattern.compile("(?:dns:(?://[^/]*/)?)?(\\[[^]]*]|[^:/\\[\\]]+)(?::[0-9]+)?");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private Target() {}

  /** Returns whether the target is a loopback address, by its name only. */
  static boolean isLoopback(String target) {
    Matcher dns = DNS.matcher(target);
    return dns.matches() && LOOPBACK.matcher(dns.group(1)).matches();
  }
}
