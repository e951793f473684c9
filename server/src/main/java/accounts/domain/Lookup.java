package accounts.domain;

import java.time.Instant;
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
   * @param reservedUntil until when nobody else can have the name of a deleted user or
   *     organization; empty if nobody has to wait
   */
  record Absent<E extends Entity>(Revision revision, Optional<Instant> reservedUntil)
      implements Lookup<E> {

    /** Returns the absence of an entity whose name, if it has one, is free. */
    public Absent(Revision revision) {
      this(revision, Optional.empty());
    }

    /** Returns whether the name is reserved at this time. */
    public boolean isReserved(Instant now) {
      return reservedUntil.filter(now::isBefore).isPresent();
    }

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
