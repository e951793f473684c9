package accounts.client;

/**
 * An option of a list: {@link #size}, {@link #token}, or a {@link Deadline} for each page. If one
 * is given twice, the last one applies.
 */
public sealed interface PageOption permits Deadline, PageOption.Size, PageOption.Token {

  /**
   * Returns the option to limit the items of a page; the service's default is 50 and its limit is
   * 1,000; in lists of users or organizations it is 100.
   */
  static PageOption size(int items) {
    return new Size(items);
  }

  /**
   * Returns the option to start with the page of a {@link Page#nextPageToken}; all other arguments
   * must be the same as for that page.
   */
  static PageOption token(String pageToken) {
    return new Token(pageToken);
  }

  /**
   * The option {@link #size}.
   *
   * @param items the highest number of items
   */
  record Size(int items) implements PageOption {}

  /**
   * The option {@link #token}.
   *
   * @param pageToken opaque, from a page of the same query
   */
  record Token(String pageToken) implements PageOption {}
}
