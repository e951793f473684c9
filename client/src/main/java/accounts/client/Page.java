package accounts.client;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** One page of a list, in the list's order, and the way to the next. Immutable. */
public final class Page<T> {

  private final List<T> items;
  private final String nextPageToken;
  private final Function<String, CompletableFuture<Page<T>>> pageAt;

  Page(List<T> items, String nextPageToken, Function<String, CompletableFuture<Page<T>>> pageAt) {
    this.items = List.copyOf(items);
    this.nextPageToken = nextPageToken;
    this.pageAt = pageAt;
  }

  /** What is on this page; may be empty, even where more pages follow. */
  public List<T> items() {
    return items;
  }

  /** Where the next page begins, for {@link PageOption#token}; empty on the last one. */
  public Optional<String> nextPageToken() {
    return hasNext() ? Optional.of(nextPageToken) : Optional.empty();
  }

  /** Whether there is another page. */
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
   * The items of this page and of all that follow. Each page is fetched when the stream comes to
   * it, which blocks the thread and may throw {@link AccountsException}; no more than one page is
   * held at a time.
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
