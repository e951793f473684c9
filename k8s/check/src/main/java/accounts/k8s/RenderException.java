package accounts.k8s;

/** An overlay could not be rendered; the message is for a person. */
final class RenderException extends RuntimeException {

  RenderException(String message) {
    super(message);
  }

  RenderException(String message, Throwable cause) {
    super(message, cause);
  }
}
