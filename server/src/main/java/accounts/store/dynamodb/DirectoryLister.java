package accounts.store.dynamodb;

import accounts.async.Futures;
import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.store.DirectoryPage;
import accounts.store.DirectoryQuery;
import accounts.store.dynamodb.QueryPages.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Consistent, keyset-paged lists of the directory. A list without a prefix goes through one
 * partition after the other: the first is enough for a page where there are many names; where there
 * are few, the others are read several at once.
 */
final class DirectoryLister {

  private static final int AT_ONCE = 8;

  private final QueryPages pages;
  private final String table;

  DirectoryLister(QueryPages pages, String table) {
    this.pages = pages;
    this.table = table;
  }

  CompletableFuture<DirectoryPage> list(DirectoryQuery query, Duration time) {
    return collect(query, firstCharacters(query), 1, List.of(), time);
  }

  private static String firstCharacters(DirectoryQuery query) {
    String prefix = query.prefix().text();
    if (!prefix.isEmpty()) {
      return prefix.substring(0, 1);
    }
    String all = DirectoryEntries.firstCharacters(query.prefix().kind());
    return query.after().map(key -> all.substring(all.indexOf(key.name().charAt(0)))).orElse(all);
  }

  /**
   * Reads partitions until there is one name more than the page takes, or none is left.
   *
   * @param characters with which the names in them begin
   * @param found in the partitions before
   */
  private CompletableFuture<DirectoryPage> collect(
      DirectoryQuery query,
      String characters,
      int atOnce,
      List<AccountKey<?>> found,
      Duration time) {
    int now = Math.min(atOnce, characters.length());
    int wanted = query.limit() + 1 - found.size();
    List<CompletableFuture<Page<AccountKey<?>>>> read =
        characters
            .substring(0, now)
            .chars()
            .mapToObj(first -> read(query, (char) first, wanted, time))
            .toList();
    return Futures.allOf(read)
        .thenCompose(done -> {
          List<AccountKey<?>> all = new ArrayList<>(found);
          read.forEach(page -> all.addAll(page.resultNow().rows()));
          String left = characters.substring(now);
          return all.size() > query.limit() || left.isEmpty()
              ? CompletableFuture.completedFuture(page(all, query.limit()))
              : collect(query, left, AT_ONCE, all, time);
        });
  }

  private static DirectoryPage page(List<AccountKey<?>> found, int limit) {
    return found.size() > limit
        ? new DirectoryPage(found.subList(0, limit), true)
        : new DirectoryPage(found, false);
  }

  private CompletableFuture<Page<AccountKey<?>>> read(
      DirectoryQuery query, char first, int wanted, Duration time) {
    AccountKind kind = query.prefix().kind();
    return pages.read(
        request(query, ItemKeys.directoryOf(kind, first), first, time),
        wanted,
        item -> item.value(ItemKeys.SK, kind::key));
  }

  private QueryRequest request(DirectoryQuery query, String partition, char first, Duration time) {
    String prefix = query.prefix().text();
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression(
                "%s = :partition AND begins_with(%s, :prefix)".formatted(ItemKeys.PK, ItemKeys.SK))
            .expressionAttributeValues(
                Map.<String, AttributeValue>of(
                    ":partition", Items.text(partition),
                    ":prefix", Items.text(prefix.isEmpty() ? String.valueOf(first) : prefix)))
            .overrideConfiguration(o -> o.apiCallTimeout(time));
    after(query, first).ifPresent(name -> request.exclusiveStartKey(ItemKeys.key(partition, name)));
    return request.build();
  }

  private static Optional<String> after(DirectoryQuery query, char first) {
    return query.after().map(AccountKey::name).filter(name -> name.charAt(0) == first);
  }
}
