package accounts.repair.dynamodb;

import accounts.domain.EntityKey;
import accounts.store.dynamodb.TableItems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** What records of the stream say of entities. */
final class Changes {

  private Changes() {}

  /**
   * Returns which entities were changed. Changes of other items are left out, the leases of this
   * package among them: it would have itself to do with itself without end.
   */
  static Set<EntityKey<?>> of(List<Record> records) {
    return records.stream()
        .map(record -> TableItems.entity(record.dynamodb().keys()))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }
}
