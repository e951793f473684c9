package accounts.store;

import accounts.async.CallScope;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Appends to the feed of changes, which {@link ChangeFeed} reads. */
public interface FeedWriter {

  /**
   * Who may append: nothing is appended unless an item of the table still has a value. So an
   * instance that was taken for dead cannot append after the one that took over from it.
   *
   * @param item the item's name, as partition and sort key
   * @param attribute a text
   */
  record Fence(String item, String attribute, String value) {}

  /** Thrown when the fence's item no longer has its value. */
  final class FencedException extends RuntimeException {

    /**
     * @param fence what did not hold
     */
    public FencedException(Fence fence) {
      super("%s is no longer %s".formatted(fence.attribute(), fence.value()));
    }
  }

  /**
   * Appends changes, those of one entity in this order.
   *
   * @return completes when all of them are in the feed. If it fails, with {@link FencedException}
   *     or as {@link ChangeFeed} does, some of them may be
   */
  CompletableFuture<Void> append(List<FeedChange> changes, Fence fence, CallScope scope);
}
