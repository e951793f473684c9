package accounts.grpc;

import static java.util.stream.Collectors.joining;

import accounts.domain.FieldFault;
import accounts.v1.ErrorReason;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;

/** The status of a malformed request. */
final class InvalidFieldStatus {

  // Clients accept 8 KiB of trailers by default: a batch of 100 malformed names must fit.
  private static final int IN_DETAILS = 20;

  private static final int IN_MESSAGE = 3;

  private InvalidFieldStatus() {}

  static StatusRuntimeException of(List<FieldFault> faults) {
    List<FieldFault> named = faults.subList(0, Math.min(faults.size(), IN_DETAILS));
    ErrorStatus status =
        ErrorStatus.of(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_INVALID_FIELD)
            .named("faults", faults.size());
    named.forEach(fault -> status.violation(fault.field(), fault.description()));
    return status.because(message(faults));
  }

  private static String message(List<FieldFault> faults) {
    String message =
        faults.stream().limit(IN_MESSAGE).map(FieldFault::toString).collect(joining("; "));
    int more = faults.size() - IN_MESSAGE;
    return more > 0 ? message + "; and " + more + " more" : message;
  }
}
