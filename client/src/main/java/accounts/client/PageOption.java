package accounts.client;

/**
 * Something said about a list: {@link #size}, {@link #token}, a {@link Deadline} for each page. The
 * last one counts.
 */
public sealed interface PageOption permits Deadline, PageOption.Size, PageOption.Token {

  /** How many items a page has at the most; the service's own default is 50, its limit 1,000. */
  static PageOption size(int items) {
    return new Size(items);
  }

  /**
   * Begins with the page that {@link Page#nextPageToken} named, all else being as it was for that
   * page.
   */
  static PageOption token(String pageToken) {
    return new Token(pageToken);
  }

  /**
   * See {@link #size}.
   *
   * @param items at the most
   */
  record Size(int items) implements PageOption {}

  /**
   * See {@link #token}.
   *
   * @param pageToken opaque, from a page of the same query
   */
  record Token(String pageToken) implements PageOption {}
}
