package accounts.local;

/** The port that a backend was to listen on belongs to somebody else. */
public final class PortTakenException extends RuntimeException {

  private final int port;

  PortTakenException(int port, Throwable cause) {
    super("port " + port + " is taken", cause);
    this.port = port;
  }

  /** Returns the port that could not be had. */
  public int port() {
    return port;
  }
}
