package accounts.grpc;

import accounts.domain.Revision;
import accounts.grpc.Fields.Field;
import accounts.service.Consistency;
import accounts.service.ReadOptions;

/** Parses the read options of a request. */
final class ReadFields {

  private final Field<Consistency> consistency;
  private final Field<Revision> minRevision;

  /**
   * @param number the number of {@code consistency} on the wire
   */
  ReadFields(Fields fields, accounts.v1.Consistency consistency, int number, long minRevision) {
    this.consistency = fields.read("consistency", consistency, value -> of(value, number));
    this.minRevision = fields.revision("min_revision", minRevision);
  }

  private static Consistency of(accounts.v1.Consistency consistency, int number) {
    return switch (consistency) {
      case CONSISTENCY_UNSPECIFIED, CONSISTENCY_FRESH -> Consistency.FRESH;
      case CONSISTENCY_BOUNDED -> Consistency.BOUNDED;
      case CONSISTENCY_STORE -> Consistency.STORE;
      case UNRECOGNIZED ->
          throw new accounts.domain.InvalidValueException(
              number,
              "0 (the default), 1 (CONSISTENCY_FRESH), 2 (CONSISTENCY_BOUNDED) or 3"
                  + " (CONSISTENCY_STORE)");
    };
  }

  ReadOptions options() {
    return new ReadOptions(consistency.get(), minRevision.get());
  }
}
