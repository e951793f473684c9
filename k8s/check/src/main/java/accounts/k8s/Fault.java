package accounts.k8s;

/**
 * A fault in a manifest.
 *
 * @param source the file or folder of the manifest
 * @param object kind and name of the object
 * @param path the field, as {@code kubectl explain} writes it, with indexes
 * @param value the value of the field, or "nothing"
 * @param expected the expected value
 */
record Fault(String source, String object, String path, String value, String expected) {

  /** Returns the fault as one line. */
  @Override
  public String toString() {
    return "%s: %s: %s: %s (expected: %s)".formatted(source, object, path, value, expected);
  }
}
