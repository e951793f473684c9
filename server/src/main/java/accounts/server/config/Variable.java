package accounts.server.config;

/**
 * An environment variable that the server reads.
 *
 * @param name its name
 * @param defaultValue its value when not set; empty if there is no such value
 * @param expected what a value must be, for messages and for the documentation
 * @param secret whether its value is never shown
 */
record Variable(String name, String defaultValue, String expected, boolean secret) {

  static Variable of(String name, String defaultValue, String expected) {
    return new Variable(name, defaultValue, expected, false);
  }

  static Variable secret(String name, String expected) {
    return new Variable(name, "", expected, true);
  }
}
