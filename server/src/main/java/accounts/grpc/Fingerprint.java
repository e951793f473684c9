package accounts.grpc;

import com.google.protobuf.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint of a request's content, by which a reused request id is recognized. */
final class Fingerprint {

  private Fingerprint() {}

  /**
   * Returns the SHA-256 of a message's type and bytes, in hexadecimal. No message of the contract
   * has a map.
   */
  static String of(Message message) {
    MessageDigest digest = sha256();
    digest.update(
        message
            .getDescriptorForType()
            .getFullName()
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return HexFormat.of().formatHex(digest.digest(message.toByteArray()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
