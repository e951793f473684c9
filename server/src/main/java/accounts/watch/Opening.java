package accounts.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Finds the places at which a watch begins.
 *
 * @param thread the thread that all of this belongs to
 */
record Opening(Executor thread) {

  /**
   * Returns the places; none if the positions to go on from are not of this feed, which happens
   * when the table was restored. Fails as the feed does.
   *
   * @param tails in the order of the subject's partitions
   * @param now in nanoseconds from any origin
   */
  CompletableFuture<List<Place>> places(WatchRequest request, List<Tail> tails, long now) {
    return CompletableFuture.allOf(
            tails.stream().map(Tail::started).toArray(CompletableFuture<?>[]::new))
        .thenComposeAsync(
            started ->
                request.from().isPresent()
                    ? from(request, request.from().get(), tails, now)
                    : CompletableFuture.completedFuture(atEnds(request, tails, now)),
            thread);
  }

  private static List<Place> atEnds(WatchRequest request, List<Tail> tails, long now) {
    return places(request, new FeedPositions(tails.stream().map(Tail::last).toList()), tails, now);
  }

  private static List<Place> places(
      WatchRequest request, FeedPositions positions, List<Tail> tails, long now) {
    List<Integer> partitions = request.subject().partitions();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < partitions.size(); i++) {
      places.add(new Place(partitions.get(i), tails.get(i), positions.values().get(i), now));
    }
    return places;
  }

  /** Other instances may have read more than this one. */
  private CompletableFuture<List<Place>> from(
      WatchRequest request, FeedPositions positions, List<Tail> tails, long now) {
    List<CompletableFuture<Boolean>> known = new ArrayList<>();
    for (int i = 0; i < tails.size(); i++) {
      long position = positions.values().get(i);
      if (position > tails.get(i).last()) {
        known.add(tails.get(i).lastNow().thenApply(last -> position <= last));
      }
    }
    return CompletableFuture.allOf(known.toArray(CompletableFuture<?>[]::new))
        .thenApplyAsync(
            done ->
                known.stream().allMatch(CompletableFuture::resultNow)
                    ? places(request, positions, tails, now)
                    : List.of(),
            thread);
  }
}
