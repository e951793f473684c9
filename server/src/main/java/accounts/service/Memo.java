package accounts.service;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was made of a value, so that an answer that thousands ask for is put together once.
 * All memos are equal: what they keep follows from the value beside them.
 *
 * <p>Safe for use by several threads, if what is made is; two of them may make it at once.
 */
public final class Memo {

  private volatile @Nullable Object made;

  /**
   * Returns what was made before, or makes it.
   *
   * @param type of what is made; a memo keeps one thing
   */
  public <T> T get(Class<T> type, Supplier<T> maker) {
    Object known = made;
    if (type.isInstance(known)) {
      return type.cast(known);
    }
    T fresh = maker.get();
    made = fresh;
    return fresh;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Memo;
  }

  @Override
  public int hashCode() {
    return Memo.class.hashCode();
  }
}
