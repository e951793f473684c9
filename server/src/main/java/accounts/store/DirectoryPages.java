package accounts.store;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.NamePrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Pages of the directory, with a prefix or without. Without one, the names that begin with each
 * character are listed after each other: those of the first are enough for a page where there are
 * many names; where there are few, those of the others are read several characters at once.
 *
 * <p>Each of these reads is admitted and timed on its own, and none begins when the caller is gone.
 */
public final class DirectoryPages {

  private static final int AT_ONCE = 8;

  private final DirectoryStore directory;

  /**
   * @param directory where each read is made
   */
  public DirectoryPages(DirectoryStore directory) {
    this.directory = directory;
  }

  /** Lists a page of the names in the directory, in their order. */
  public CompletableFuture<DirectoryPage> list(DirectoryQuery query, CallScope scope) {
    return query.isOfAll()
        ? collect(query, firstCharacters(query), 1, List.of(), scope)
        : directory.list(query, scope);
  }

  private static String firstCharacters(DirectoryQuery query) {
    String all = query.prefix().kind().firstCharacters();
    return query.after().map(key -> all.substring(all.indexOf(key.name().charAt(0)))).orElse(all);
  }

  /**
   * Lists until there is one name more than the page takes, or no character is left.
   *
   * @param characters with which the names that were not read begin
   * @param found the names that were read
   */
  private CompletableFuture<DirectoryPage> collect(
      DirectoryQuery query,
      String characters,
      int atOnce,
      List<AccountKey<?>> found,
      CallScope scope) {
    int now = Math.min(atOnce, characters.length());
    int wanted = query.limit() + 1 - found.size();
    List<CompletableFuture<DirectoryPage>> read =
        characters
            .substring(0, now)
            .chars()
            .mapToObj(first -> directory.list(beginningWith(query, (char) first, wanted), scope))
            .toList();
    return Futures.allOf(read)
        .thenCompose(done -> {
          List<AccountKey<?>> all = new ArrayList<>(found);
          read.forEach(page -> all.addAll(page.resultNow().keys()));
          String left = characters.substring(now);
          return all.size() > query.limit() || left.isEmpty()
              ? CompletableFuture.completedFuture(page(all, query.limit()))
              : collect(query, left, AT_ONCE, all, scope);
        });
  }

  private static DirectoryQuery beginningWith(DirectoryQuery query, char first, int limit) {
    AccountKind kind = query.prefix().kind();
    return new DirectoryQuery(
        new NamePrefix(kind, String.valueOf(first)),
        Optional.empty(),
        query.after().filter(key -> key.name().charAt(0) == first),
        limit);
  }

  private static DirectoryPage page(List<AccountKey<?>> found, int limit) {
    return found.size() > limit
        ? new DirectoryPage(found.subList(0, limit), true)
        : new DirectoryPage(found, false);
  }
}
