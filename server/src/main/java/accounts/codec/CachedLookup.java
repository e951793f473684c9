package accounts.codec;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import com.google.protobuf.InvalidProtocolBufferException;

/**
 * What the cache holds under a key: an answer, and what tells whether it still counts.
 *
 * @param lookup the answer
 * @param generation the key's generation that the filler saw before it read the store
 */
public record CachedLookup(Lookup<?> lookup, long generation) {

  /** Returns the bytes that {@link #decode} reads. */
  public byte[] encode() {
    StoredLookup.Builder stored = StoredLookup.newBuilder().setGeneration(generation);
    return switch (lookup) {
      case Lookup.Found<?> found ->
          stored.setFound(EntityCodec.encode(found.entity())).build().toByteArray();
      case Lookup.Absent<?> absent ->
          stored.setAbsentRevision(absent.revision().value()).build().toByteArray();
    };
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
      StoredLookup stored = StoredLookup.parseFrom(bytes);
      return new CachedLookup(lookup(key, stored), stored.getGeneration());
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new UnreadableBytesException(e);
    }
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
