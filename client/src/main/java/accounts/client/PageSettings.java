package accounts.client;

import java.util.Optional;

/** The combined options of one list. */
record PageSettings(int size, String token, Optional<Deadline> deadline) {

  static PageSettings of(PageOption... options) {
    int size = 0;
    String token = "";
    Optional<Deadline> deadline = Optional.empty();
    for (PageOption option : options) {
      if (option instanceof PageOption.Size s) {
        size = s.items();
      } else if (option instanceof PageOption.Token t) {
        token = t.pageToken();
      } else if (option instanceof Deadline d) {
        deadline = Optional.of(d);
      }
    }
    return new PageSettings(size, token, deadline);
  }

  PageSettings at(String nextToken) {
    return new PageSettings(size, nextToken, deadline);
  }
}
