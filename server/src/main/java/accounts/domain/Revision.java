package accounts.domain;

/**
 * How many changes an entity has seen: 1 at creation, +1 with every change, removal included. It
 * never goes back.
 *
 * @param value 0 or more; 0 is the revision of what never was
 */
public record Revision(long value) implements Comparable<Revision> {

  /** Of what never was. As an expectation: none. */
  public static final Revision NONE = new Revision(0);

  /** Of what was just created for the first time. */
  public static final Revision FIRST = new Revision(1);

  /**
   * @throws InvalidValueException if the value is negative
   */
  public Revision {
    if (value < 0) {
      throw new InvalidValueException(value, "a revision, 0 or more");
    }
  }

  /** Returns the revision after this one. */
  public Revision next() {
    return new Revision(value + 1);
  }

  /** Returns the revision before this one; {@link #NONE} has none. */
  public Revision previous() {
    return new Revision(value - 1);
  }

  /** Whether this is older than the other. */
  public boolean isBefore(Revision other) {
    return value < other.value;
  }

  @Override
  public int compareTo(Revision other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
