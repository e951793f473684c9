package accounts.k8s;

/**
 * One thing that is wrong.
 *
 * @param source where the manifest came from, as a person would look for it
 * @param object kind and name of the object
 * @param path the field, as {@code kubectl explain} writes it, with indexes
 * @param value what stands there, or "nothing"
 * @param expected what should
 */
record Fault(String source, String object, String path, String value, String expected) {

  /** Returns the one line that a person reads. */
  @Override
  public String toString() {
    return "%s: %s: %s: %s (expected: %s)".formatted(source, object, path, value, expected);
  }
}
