package accounts.grpc;

import accounts.domain.FieldFault;
import accounts.v1.ErrorReason;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.stream.Collectors;

/** The status of a malformed request. */
final class InvalidFieldStatus {

  /** How many faults the message names; the details name them all. */
  private static final int IN_MESSAGE = 5;

  private InvalidFieldStatus() {}

  static StatusRuntimeException of(List<FieldFault> faults) {
    ErrorStatus status =
        ErrorStatus.of(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_INVALID_FIELD)
            .named(
                "fields", faults.stream().map(FieldFault::field).collect(Collectors.joining(",")));
    faults.forEach(fault -> status.violation(fault.field(), fault.description()));
    String message =
        faults.stream()
            .limit(IN_MESSAGE)
            .map(FieldFault::toString)
            .collect(Collectors.joining("; "));
    int more = faults.size() - IN_MESSAGE;
    return status.because(more > 0 ? message + "; and " + more + " more" : message);
  }
}
