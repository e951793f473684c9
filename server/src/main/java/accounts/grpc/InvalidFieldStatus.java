package accounts.grpc;

import accounts.domain.FieldFault;
import accounts.v1.ErrorReason;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The status of a malformed request, kept short enough to arrive: a status is sent as metadata, of
 * which clients accept 8 KiB by default, and its details in base64. All faults are named as long as
 * they fit; if descriptions would take too much, the later ones are left out.
 */
final class InvalidFieldStatus {

  /** The longest message, percent-encoded as it is sent. */
  private static final int MESSAGE_BYTES = 1000;

  private static final int DETAIL_BYTES = 3500;

  /** The most faults that the metadata names. */
  private static final int IN_METADATA = 10;

  /** The bytes that Protobuf adds to a violation: tags and lengths. */
  private static final int VIOLATION_BYTES = 8;

  private InvalidFieldStatus() {}

  static StatusRuntimeException of(List<FieldFault> faults) {
    ErrorStatus status =
        ErrorStatus.of(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_INVALID_FIELD)
            .named(
                "fields",
                faults.stream()
                    .limit(IN_METADATA)
                    .map(FieldFault::field)
                    .collect(Collectors.joining(",")));
    describe(status, faults);
    return status.because(message(faults));
  }

  private static void describe(ErrorStatus status, List<FieldFault> faults) {
    int left = DETAIL_BYTES;
    int named = 0;
    for (; named < faults.size(); named++) {
      left -= bytes(faults.get(named).field()) + VIOLATION_BYTES;
      if (left < 0) {
        break;
      }
    }
    for (FieldFault fault : faults.subList(0, named)) {
      left -= bytes(fault.description());
      status.violation(fault.field(), left >= 0 ? fault.description() : "");
    }
  }

  private static String message(List<FieldFault> faults) {
    StringBuilder message = new StringBuilder(faults.getFirst().toString());
    int left = MESSAGE_BYTES - encodedBytes(faults.getFirst().toString());
    for (int i = 1; i < faults.size(); i++) {
      left -= encodedBytes(faults.get(i).toString());
      if (left < 0) {
        return message.append("; and %d more".formatted(faults.size() - i)).toString();
      }
      message.append("; ").append(faults.get(i));
    }
    return message.toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Returns how long a text is when all but printable ASCII is written as {@code %XX}. */
  private static int encodedBytes(String text) {
    int plain = (int) text.chars().filter(c -> c >= ' ' && c <= '~' && c != '%').count();
    return plain + 3 * (bytes(text) - plain);
  }
}
