package accounts.local;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** The port that a backend was to listen on belongs to somebody else. */
public final class PortTakenException extends RuntimeException {

  private final int port;

  PortTakenException(int port, Throwable cause) {
    super("port " + port + " is taken", cause);
    this.port = port;
  }

  /** Says whether a server that did not start met a port in use; Netty has a class of its own. */
  static boolean explains(@Nullable Throwable failure) {
    if (failure == null) {
      return false;
    }
    return failure instanceof BindException
        || String.valueOf(failure.getMessage()).contains("already in use")
        || explains(failure.getCause());
  }

  /** Returns the port that could not be had. */
  public int port() {
    return port;
  }
}
