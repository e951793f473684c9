package accounts.store;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.HashMap;
import java.util.Map;

/** Answers by key. */
public final class Lookups {

  private final Map<EntityKey<?>, Lookup<?>> answers;

  private Lookups(Map<EntityKey<?>, Lookup<?>> answers) {
    this.answers = answers;
  }

  /** Starts an empty collection of answers. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the answer to a key.
   *
   * @throws IllegalArgumentException if the key was not read
   */
  // A builder accepts a key only together with an answer of the key's own kind.
  @SuppressWarnings("unchecked")
  public <E extends Entity> Lookup<E> get(EntityKey<E> key) {
    Lookup<?> answer = answers.get(key);
    if (answer == null) {
      throw new IllegalArgumentException("not asked for: " + key);
    }
    return (Lookup<E>) answer;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lookups that && answers.equals(that.answers);
  }

  @Override
  public int hashCode() {
    return answers.hashCode();
  }

  @Override
  public String toString() {
    return answers.toString();
  }

  /** Collects answers; not thread-safe. */
  public static final class Builder {

    private final Map<EntityKey<?>, Lookup<?>> answers = new HashMap<>();

    private Builder() {}

    /** Adds the entity that was found. */
    public Builder found(Entity entity) {
      answers.put(entity.key(), new Lookup.Found<>(entity));
      return this;
    }

    /** Adds the answer to a key. */
    public <E extends Entity> Builder put(EntityKey<E> key, Lookup<E> answer) {
      answers.put(key, answer);
      return this;
    }

    /** Returns the answers so far. */
    public Lookups build() {
      return new Lookups(Map.copyOf(answers));
    }
  }
}
