package accounts.local;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** The port of a backend is in use by another process. */
public final class PortTakenException extends RuntimeException {

  private final int port;

  PortTakenException(int port, Throwable cause) {
    super("port " + port + " is taken", cause);
    this.port = port;
  }

  /**
   * Returns whether a server did not start because its port is in use; Netty has an exception class
   * of its own.
   */
  static boolean explains(@Nullable Throwable failure) {
    if (failure == null) {
      return false;
    }
    return failure instanceof BindException
        || String.valueOf(failure.getMessage()).contains("already in use")
        || explains(failure.getCause());
  }

  /** Returns the port that is in use. */
  public int port() {
    return port;
  }
}
