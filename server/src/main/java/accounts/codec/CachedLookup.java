package accounts.codec;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What the cache holds under a key: an answer, and what tells whether it still counts.
 *
 * @param lookup the answer
 * @param generation the key's generation that the filler saw before it read the store
 * @param epoch the epoch of the key's shard that the filler knew before it read the store
 */
public record CachedLookup(Lookup<?> lookup, long generation, long epoch) {

  private static final int CHECKSUM_BYTES = 4;

  /**
   * Returns the bytes that {@link #decode} reads: a checksum, since a cache may hand out anything,
   * and the message.
   *
   * @param key what the answer is to
   */
  public byte[] encode(EntityKey<?> key) {
    StoredLookup.Builder stored =
        StoredLookup.newBuilder().setGeneration(generation).setEpoch(epoch);
    switch (lookup) {
      case Lookup.Found<?> found -> stored.setFound(EntityCodec.encode(found.entity()));
      case Lookup.Absent<?> absent -> stored.setAbsentRevision(absent.revision().value());
    }
    byte[] message = stored.build().toByteArray();
    return ByteBuffer.allocate(CHECKSUM_BYTES + message.length)
        .putInt(checksum(key, ByteBuffer.wrap(message)))
        .put(message)
        .array();
  }

  private static int checksum(EntityKey<?> key, ByteBuffer message) {
    CRC32C checksum = new CRC32C();
    checksum.update(key.toString().getBytes(StandardCharsets.UTF_8));
    checksum.update(message);
    return (int) checksum.getValue();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param key the key that the bytes were found under
   * @throws UnreadableBytesException if they are anything else, or the answer to another key
   */
  public static CachedLookup decode(EntityKey<?> key, byte[] bytes)
      throws UnreadableBytesException {
    try {
      StoredLookup stored = StoredLookup.parseFrom(checked(key, bytes));
      return new CachedLookup(lookup(key, stored), stored.getGeneration(), stored.getEpoch());
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new UnreadableBytesException(e);
    }
  }

  private static ByteBuffer checked(EntityKey<?> key, byte[] bytes)
      throws UnreadableBytesException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.remaining() < CHECKSUM_BYTES || buffer.getInt() != checksum(key, buffer.slice())) {
      throw new UnreadableBytesException("checksum does not match");
    }
    return buffer;
  }

  private static Lookup<?> lookup(EntityKey<?> key, StoredLookup stored)
      throws UnreadableBytesException {
    return switch (stored.getAnswerCase()) {
      case FOUND -> {
        Entity entity = EntityCodec.decode(stored.getFound());
        if (!entity.key().equals(key)) {
          throw new UnreadableBytesException("the entry of another key");
        }
        yield new Lookup.Found<>(entity);
      }
      case ABSENT_REVISION -> new Lookup.Absent<>(new Revision(stored.getAbsentRevision()));
      case ANSWER_NOT_SET -> throw new UnreadableBytesException("no answer");
    };
  }
}
