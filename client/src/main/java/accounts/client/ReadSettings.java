package accounts.client;

import java.util.Optional;

/**
 * The combined options of one read.
 *
 * @param expectedUid empty if any will do
 */
record ReadSettings(
    accounts.v1.Consistency consistency,
    long minRevision,
    String expectedUid,
    Optional<Deadline> deadline) {

  static ReadSettings of(ReadOption... options) {
    var consistency = accounts.v1.Consistency.CONSISTENCY_UNSPECIFIED;
    long minRevision = 0;
    String expectedUid = "";
    Optional<Deadline> deadline = Optional.empty();
    for (ReadOption option : options) {
      if (option instanceof Consistency c) {
        consistency = proto(c);
      } else if (option instanceof ReadOption.MinRevision r) {
        minRevision = r.revision();
      } else if (option instanceof ReadOption.ExpectedUid u) {
        expectedUid = u.uid();
      } else if (option instanceof Deadline d) {
        deadline = Optional.of(d);
      }
    }
    return new ReadSettings(consistency, minRevision, expectedUid, deadline);
  }

  private static accounts.v1.Consistency proto(Consistency consistency) {
    return switch (consistency) {
      case FRESH -> accounts.v1.Consistency.CONSISTENCY_FRESH;
      case BOUNDED -> accounts.v1.Consistency.CONSISTENCY_BOUNDED;
      case STORE -> accounts.v1.Consistency.CONSISTENCY_STORE;
    };
  }
}
