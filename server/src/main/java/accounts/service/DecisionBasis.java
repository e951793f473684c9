package accounts.service;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.store.Change;
import accounts.store.Lookups;
import accounts.store.Outcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * The answers that a decision was based on. A caller that learns of the decision may expect to read
 * at least these, so they become part of the {@link WriteEffects}.
 *
 * @param readSet the keys that the mutation reads
 * @param answers the answer to each of these keys
 * @param stamps what the first read saw of them in the cache; empty if that read was shed
 */
record DecisionBasis(Set<EntityKey<?>> readSet, Lookups answers, Map<EntityKey<?>, Stamp> stamps) {

  private static final BinaryOperator<Revision> LATER =
      BinaryOperator.maxBy(Comparator.naturalOrder());

  /** Returns the effects of a commit that is based on this. */
  WriteEffects committed(List<Change> changes) {
    Map<EntityKey<?>, Lookup<?>> changed = newAnswers(changes);
    Map<EntityKey<?>, Revision> reliedOn = revisions();
    reliedOn.keySet().removeAll(changed.keySet());
    return new WriteEffects(changed, reliedOn, stamps);
  }

  /** Returns the effects of a refusal that is based on this. */
  WriteEffects refused() {
    return new WriteEffects(Map.of(), revisions(), stamps);
  }

  /**
   * Returns the effects of answering a retry, whose record was read together with these answers.
   */
  WriteEffects repeated(Outcome outcome) {
    Map<EntityKey<?>, Revision> reliedOn = revisions();
    entities(outcome).forEach(entity -> reliedOn.merge(entity.key(), entity.revision(), LATER));
    return new WriteEffects(Map.of(), reliedOn, stamps);
  }

  /**
   * Returns the revisions, without those of entities that never existed: no answer is older than
   * these.
   */
  private Map<EntityKey<?>, Revision> revisions() {
    Map<EntityKey<?>, Revision> revisions = new HashMap<>();
    readSet.forEach(key -> revisions.put(key, answers.get(key).revision()));
    revisions.values().removeIf(Revision.NONE::equals);
    return revisions;
  }

  private static List<Entity> entities(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> done.entities();
      case Outcome.Refused refused -> List.of();
    };
  }

  /** Returns the new answers to the keys that a commit changes. */
  private static Map<EntityKey<?>, Lookup<?>> newAnswers(List<Change> changes) {
    Map<EntityKey<?>, Lookup<?>> answers = new HashMap<>();
    for (Change change : changes) {
      switch (change) {
        case Change.Create c -> answers.put(c.entity().key(), new Lookup.Found<>(c.entity()));
        case Change.Replace r -> answers.put(r.entity().key(), new Lookup.Found<>(r.entity()));
        case Change.Remove r ->
            answers.put(r.membership().key(), new Lookup.Absent<>(r.membership().revision()));
        case Change.End e ->
            answers.put(
                e.account().key(),
                new Lookup.Absent<>(e.account().revision(), Optional.of(e.reservedUntil())));
        case Change.Restore r -> answers.put(r.account().key(), new Lookup.Found<>(r.account()));
        case Change.Erase e ->
            answers.put(
                new UserKey(e.username()),
                new Lookup.Absent<>(e.revision(), Optional.of(e.reservedUntil())));
        case Change.NoteDeletion n -> {}
        case Change.NoteProgress n -> {}
        case Change.DropDeletion d -> {}
        case Change.PutInvitation p -> {}
        case Change.DropInvitation d -> {}
        case Change.Keep k -> {}
        case Change.Require r -> {}
        case Change.RequireActive r -> {}
        case Change.RequireRole r -> {}
        case Change.AddOwner a -> {}
        case Change.DropOwner d -> {}
      }
    }
    return answers;
  }
}
