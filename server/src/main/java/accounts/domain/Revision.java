package accounts.domain;

/**
 * An entity's revision: 1 at creation, +1 with every change, removal included; it never decreases.
 *
 * @param value 0 or more; 0 is the revision of an entity that never existed
 */
public record Revision(long value) implements Comparable<Revision> {

  /** The revision of an entity that never existed. As an expected revision: no expectation. */
  public static final Revision NONE = new Revision(0);

  /** The revision of a new entity. */
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
