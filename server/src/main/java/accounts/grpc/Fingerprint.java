package accounts.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint of a request's content, by which a reused request id is recognized. */
final class Fingerprint {

  private Fingerprint() {}

  /**
   * Returns the SHA-256 of a message's type and bytes, in hexadecimal. The order of a map's entries
   * is that of their keys, whatever the caller's was.
   */
  static String of(Message message) {
    MessageDigest digest = sha256();
    digest.update(
        message
            .getDescriptorForType()
            .getFullName()
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return HexFormat.of().formatHex(digest.digest(bytes(message)));
  }

  private static byte[] bytes(Message message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory is always written to", e);
    }
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
