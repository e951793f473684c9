package accounts.service;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.store.Change;
import accounts.store.Lookups;
import accounts.store.Outcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * What a decision was made from. Whoever learns of the decision may expect to read at least that,
 * so it goes into the {@link WriteEffects}.
 *
 * @param readSet what the mutation reads
 * @param answers an answer to each of these keys
 * @param stamps what the first read saw of them in the cache; empty where that read was shed
 */
record DecisionBasis(Set<EntityKey<?>> readSet, Lookups answers, Map<EntityKey<?>, Stamp> stamps) {

  private static final BinaryOperator<Revision> LATER =
      BinaryOperator.maxBy(Comparator.naturalOrder());

  /** Returns the effects of a commit that was decided on this. */
  WriteEffects committed(List<Change> changes) {
    Map<EntityKey<?>, Lookup<?>> changed = newAnswers(changes);
    Map<EntityKey<?>, Revision> reliedOn = revisions();
    reliedOn.keySet().removeAll(changed.keySet());
    return new WriteEffects(changed, reliedOn, stamps);
  }

  /** Returns the effects of a refusal that was decided on this. */
  WriteEffects refused() {
    return new WriteEffects(Map.of(), revisions(), stamps);
  }

  /**
   * Returns the effects of answering a request once more, whose record was seen together with this.
   */
  WriteEffects repeated(Outcome outcome) {
    Map<EntityKey<?>, Revision> reliedOn = revisions();
    entities(outcome).forEach(entity -> reliedOn.merge(entity.key(), entity.revision(), LATER));
    return new WriteEffects(Map.of(), reliedOn, stamps);
  }

  /** Leaves out what never was: no answer is older. */
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

  /** Returns the answers, from the commit on, to the keys that it changes. */
  private static Map<EntityKey<?>, Lookup<?>> newAnswers(List<Change> changes) {
    Map<EntityKey<?>, Lookup<?>> answers = new HashMap<>();
    for (Change change : changes) {
      switch (change) {
        case Change.Create c -> answers.put(c.entity().key(), new Lookup.Found<>(c.entity()));
        case Change.Replace r -> answers.put(r.entity().key(), new Lookup.Found<>(r.entity()));
        case Change.Remove r ->
            answers.put(r.membership().key(), new Lookup.Absent<>(r.membership().revision()));
        case Change.Keep k -> {}
        case Change.Require r -> {}
        case Change.RequireRole r -> {}
        case Change.AddOwner a -> {}
        case Change.DropOwner d -> {}
      }
    }
    return answers;
  }
}
