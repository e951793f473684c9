package accounts.domain;

/**
 * A field of a request that is missing or malformed.
 *
 * @param field path of the field as in the contract, for example {@code keys[3].username}
 * @param description the value and what was expected instead
 */
public record FieldFault(String field, String description) {

  @Override
  public String toString() {
    return field + ": " + description;
  }
}
