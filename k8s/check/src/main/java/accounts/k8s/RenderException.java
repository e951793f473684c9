package accounts.k8s;

/** The failure to render an overlay, with a one-line message. */
final class RenderException extends RuntimeException {

  RenderException(String message) {
    super(message);
  }

  RenderException(String message, Throwable cause) {
    super(message, cause);
  }
}
