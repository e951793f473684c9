package accounts.cache.momento;

import accounts.cache.Cell;
import accounts.cache.CellKey;
import accounts.codec.UnreadableBytesException;
import accounts.domain.Revision;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/**
 * Encodes cells as bytes: a letter for the kind and a nonce; for a value its epoch, its revision,
 * the number of the answer's format and the answer; finally a checksum over the key and all of the
 * above, since a cache may return anything.
 *
 * <p>Everything but the answer is fixed by {@link CellKey#FORMAT}: versions with different answer
 * formats can still read each other's revisions and epochs, and replace each other's cells.
 */
public final class CellCodec {

  /** The number of the format in which this version keeps answers. */
  public static final int ANSWERS = 4;

  private static final byte LOADING = 'L';
  private static final byte VALUE = 'V';
  private static final byte INVALID = 'I';
  private static final int STATE_BYTES = 1 + Long.BYTES;
  private static final int VALUE_BYTES = STATE_BYTES + 2 * Long.BYTES + 1;
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private final LongSupplier nonces;
  private final byte answers;

  /**
   * @param nonces 64 random bits each, never the same twice
   * @param answers the number of the format of answers, 0-127
   */
  public CellCodec(LongSupplier nonces, int answers) {
    this.nonces = nonces;
    this.answers = (byte) answers;
  }

  /**
   * Returns the bytes of a new, unique state.
   *
   * @throws IllegalArgumentException if it is a cell that this version does not make
   */
  public ByteString encode(CellKey key, Cell cell) {
    return switch (cell) {
      case Cell.Loading loading -> state(key, LOADING);
      case Cell.Invalid invalid -> state(key, INVALID);
      case Cell.Value value -> value(key, value);
      case Cell.OtherFormat other -> throw new IllegalArgumentException("not made here: " + other);
      case Cell.Unreadable other -> throw new IllegalArgumentException("not made here: " + other);
    };
  }

  private ByteString state(CellKey key, byte kind) {
    byte[] bytes = new byte[STATE_BYTES + CHECKSUM_BYTES];
    ByteBuffer.wrap(bytes).put(kind).putLong(nonces.getAsLong());
    return checked(key, bytes);
  }

  private ByteString value(CellKey key, Cell.Value value) {
    byte[] answer = CachedAnswer.encode(value.lookup());
    byte[] bytes = new byte[VALUE_BYTES + answer.length + CHECKSUM_BYTES];
    ByteBuffer.wrap(bytes)
        .put(VALUE)
        .putLong(nonces.getAsLong())
        .putLong(value.epoch())
        .putLong(value.lookup().revision().value())
        .put(answers)
        .put(answer);
    return checked(key, bytes);
  }

  private static ByteString checked(CellKey key, byte[] bytes) {
    int length = bytes.length - CHECKSUM_BYTES;
    ByteBuffer.wrap(bytes).putInt(length, checksum(key, bytes, length));
    return ByteString.copyFrom(bytes);
  }

  private static int checksum(CellKey key, byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(key.text().getBytes(StandardCharsets.UTF_8));
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  /** Decodes a cell; bytes that are not a valid cell give {@link Cell.Unreadable}. */
  Cell decode(CellKey key, byte[] bytes) {
    int length = bytes.length - CHECKSUM_BYTES;
    if (length < STATE_BYTES) {
      return new Cell.Unreadable();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return buffer.getInt(length) == checksum(key, bytes, length)
        ? decode(key, buffer.limit(length))
        : new Cell.Unreadable();
  }

  private Cell decode(CellKey key, ByteBuffer buffer) {
    byte kind = buffer.get(0);
    if (kind == VALUE && buffer.remaining() >= VALUE_BYTES) {
      return value(key, buffer.position(STATE_BYTES));
    }
    boolean isState = buffer.remaining() == STATE_BYTES;
    if (isState && kind == LOADING) {
      return new Cell.Loading();
    }
    return isState && kind == INVALID ? new Cell.Invalid() : new Cell.Unreadable();
  }

  private Cell value(CellKey key, ByteBuffer buffer) {
    long epoch = buffer.getLong();
    long revision = buffer.getLong();
    byte format = buffer.get();
    if (revision < 0) {
      return new Cell.Unreadable();
    }
    if (format != answers) {
      return new Cell.OtherFormat(epoch, new Revision(revision));
    }
    try {
      return new Cell.Value(
          epoch, CachedAnswer.decode(key.entity(), new Revision(revision), buffer));
    } catch (UnreadableBytesException e) {
      return new Cell.Unreadable();
    }
  }
}
