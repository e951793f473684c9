package accounts.codec;

import java.util.List;
import java.util.Random;

/** Bytes that something went wrong with. */
public final class Damage {

  private Damage() {}

  /** Reads bytes. */
  public interface Decoding {
    Object read() throws UnreadableBytesException;
  }

  /** Returns the bytes with one to four of them changed; the same for the same seed. */
  public static byte[] of(byte[] bytes, long seed) {
    Random random = new Random(seed);
    byte[] damaged = bytes.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    return damaged;
  }

  /** Returns what a reading threw that it must not throw. */
  public static List<Throwable> failures(Decoding reading) {
    try {
      Object unused = reading.read();
      return List.of();
    } catch (UnreadableBytesException e) {
      return List.of();
    } catch (RuntimeException | StackOverflowError e) {
      return List.of(e);
    }
  }
}
