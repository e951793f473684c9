package accounts.client;

import java.util.Optional;

/** The combined options of one write; an empty request id is replaced when the call is made. */
record WriteSettings(String requestId, long expectedRevision, Optional<Deadline> deadline) {

  static WriteSettings of(ChangeOption... options) {
    String requestId = "";
    long expectedRevision = 0;
    Optional<Deadline> deadline = Optional.empty();
    for (ChangeOption option : options) {
      if (option instanceof WriteOption.RequestId r) {
        requestId = r.id().toString();
      } else if (option instanceof ChangeOption.ExpectedRevision r) {
        expectedRevision = r.revision();
      } else if (option instanceof Deadline d) {
        deadline = Optional.of(d);
      }
    }
    return new WriteSettings(requestId, expectedRevision, deadline);
  }
}
