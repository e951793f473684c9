package accounts.client;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** A page of a list, with access to the next page. Immutable. */
public final class Page<T> {

  private final List<T> items;
  private final String nextPageToken;
  private final boolean incomplete;
  private final Function<String, CompletableFuture<Page<T>>> pageAt;

  Page(List<T> items, String nextPageToken, Function<String, CompletableFuture<Page<T>>> pageAt) {
    this(items, nextPageToken, false, pageAt);
  }

  Page(
      List<T> items,
      String nextPageToken,
      boolean incomplete,
      Function<String, CompletableFuture<Page<T>>> pageAt) {
    this.items = List.copyOf(items);
    this.nextPageToken = nextPageToken;
    this.incomplete = incomplete;
    this.pageAt = pageAt;
  }

  /**
   * Returns the items of this page, in the list's order; may be empty even if more pages follow.
   */
  public List<T> items() {
    return items;
  }

  /** Returns the token of the next page, for {@link PageOption#token}; empty on the last page. */
  public Optional<String> nextPageToken() {
    return hasNext() ? Optional.of(nextPageToken) : Optional.empty();
  }

  /**
   * Returns whether the list may lack users or organizations that an older version of the service
   * created: its search for them has not ended yet. Always false for other lists.
   */
  public boolean isIncomplete() {
    return incomplete;
  }

  /** Returns whether there is another page. */
  public boolean hasNext() {
    return !nextPageToken.isEmpty();
  }

  /**
   * Fetches the next page, with a deadline of its own; fails with {@link NoSuchElementException} on
   * the last one.
   */
  public CompletableFuture<Page<T>> next() {
    return hasNext()
        ? pageAt.apply(nextPageToken)
        : CompletableFuture.failedFuture(new NoSuchElementException("this is the last page"));
  }

  /**
   * Returns the items of this page and of all following pages. Each page is fetched when the stream
   * reaches it, which blocks the thread and may throw {@link AccountsException}; only one page is
   * held at a time. It does not say whether pages were {@linkplain #isIncomplete incomplete}.
   */
  public Stream<T> stream() {
    return Stream.iterate(Optional.of(this), Optional::isPresent, Page::after)
        .flatMap(Optional::stream)
        .flatMap(page -> page.items.stream());
  }

  private static <T> Optional<Page<T>> after(Optional<Page<T>> page) {
    return page.filter(Page::hasNext).map(p -> Blocking.await(p.next()));
  }
}
