package accounts.server.config;

import java.util.List;

/** Says everything that is wrong with the configuration. */
public final class ConfigurationException extends Exception {

  private final List<String> faults;

  /**
   * @param faults one line each: name, value, what was expected
   */
  public ConfigurationException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** Returns the faults, one line each. */
  public List<String> faults() {
    return faults;
  }
}
