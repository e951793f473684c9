package accounts.client.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/** Writes lines that {@link ImportParser} reads. */
final class ImportLine {

  private static final JsonFormat.Printer JSON =
      JsonFormat.printer()
          .preservingProtoFieldNames()
          .omittingInsignificantWhitespace()
          .sortingMapKeys();

  private ImportLine() {}

  /**
   * Returns a line.
   *
   * @param member what the request makes, for example {@code user}
   */
  static String text(String member, Message request) {
    try {
      return "{\"" + member + "\":" + JSON.print(request) + "}";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e); // only of messages in an Any
    }
  }
}
