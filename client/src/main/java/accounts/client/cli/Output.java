package accounts.client.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.MethodDescriptor;
import java.io.PrintWriter;

/** Prints responses as tables or, with {@code --json}, as JSON. */
final class Output {

  /**
   * Prints JSON on one line, including fields with default values, so that a script finds every
   * key.
   */
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer()
          .alwaysPrintFieldsWithNoPresence()
          .omittingInsignificantWhitespace()
          .sortingMapKeys();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final boolean verbose;

  Output(PrintWriter out, PrintWriter err, boolean json, boolean verbose) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.verbose = verbose;
  }

  void request(MethodDescriptor<?, ?> method, Message request) {
    if (verbose) {
      err.println(method.getBareMethodName() + " " + text(request));
    }
  }

  /** Prints the response as JSON, or the tables with a blank line between them. */
  void response(Message response, Table... tables) {
    if (json) {
      out.println(text(response));
      return;
    }
    for (int i = 0; i < tables.length; i++) {
      if (i > 0) {
        out.println();
      }
      tables[i].print(out);
    }
  }

  /** Prints what is no response: as text, or as JSON. */
  void text(String text, String inJson) {
    out.println(json ? inJson : text);
  }

  /** Prints a line of a table that has no end, at once; JSON has its own. */
  void line(String text) {
    if (!json) {
      out.println(text);
      out.flush();
    }
  }

  /** Prints JSON, at once, if it is asked for. */
  void json(Message message) {
    if (json) {
      out.println(text(message));
      out.flush();
    }
  }

  /** Prints a remark after a table; JSON contains it already. */
  void remark(String text) {
    if (!json) {
      err.println(text);
    }
  }

  private static String text(Message message) {
    try {
      return JSON.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
