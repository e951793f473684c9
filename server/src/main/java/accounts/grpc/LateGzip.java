package accounts.grpc;

import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A gzip decompressor that checks the header only when the message is read. grpc-java's own checks
 * it when the message arrives, and answers UNKNOWN if it is not gzip; this way it is a malformed
 * message like others.
 */
final class LateGzip implements Decompressor {

  private LateGzip() {}

  /** Returns grpc-java's default registry with its gzip replaced by this one. */
  static DecompressorRegistry registry() {
    return DecompressorRegistry.emptyInstance()
        .with(Codec.Identity.NONE, false)
        .with(new LateGzip(), true);
  }

  @Override
  public String getMessageEncoding() {
    return "gzip";
  }

  @Override
  public InputStream decompress(InputStream packed) {
    return new InputStream() {

      private @Nullable InputStream unpacked;

      private InputStream unpacked() throws IOException {
        if (unpacked == null) {
          unpacked = new GZIPInputStream(packed);
        }
        return unpacked;
      }

      @Override
      public int read() throws IOException {
        return unpacked().read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return unpacked().read(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        packed.close();
      }
    };
  }
}
