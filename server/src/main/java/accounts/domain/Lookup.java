package accounts.domain;

import java.util.Optional;

/**
 * The answer to a key: the entity, or its absence.
 *
 * @param <E> the kind of entity
 */
public sealed interface Lookup<E extends Entity> {

  /** The entity is there. */
  record Found<E extends Entity>(E entity) implements Lookup<E> {
    @Override
    public Revision revision() {
      return entity.revision();
    }

    @Override
    public Optional<E> toOptional() {
      return Optional.of(entity);
    }
  }

  /**
   * The entity is not there.
   *
   * @param revision revision of its removal; {@link Revision#NONE} if it never was
   */
  record Absent<E extends Entity>(Revision revision) implements Lookup<E> {
    @Override
    public Optional<E> toOptional() {
      return Optional.empty();
    }
  }

  /** Returns the revision that orders this answer among others to the same key. */
  Revision revision();

  /** Returns the entity, if there. */
  Optional<E> toOptional();
}
