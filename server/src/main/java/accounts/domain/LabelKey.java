package accounts.domain;

/**
 * The key of a label, with the rule of {@link Labels}.
 *
 * @param value for example {@code billing.plan}
 */
public record LabelKey(String value) {

  /**
   * @throws InvalidValueException if the value breaks the rule
   */
  public LabelKey {
    value = Labels.checkKey(value);
  }
}
