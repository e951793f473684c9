package accounts.store.dynamodb;

import accounts.async.Futures;
import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.Label;
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
 * Consistent, keyset-paged lists of the directory. What has a label is in one partition, and so are
 * names that begin with the same character. A list without either goes through one partition after
 * the other: the first is enough for a page where there are many names; where there are few, the
 * others are read several at once.
 */
final class DirectoryLister {

  private static final int AT_ONCE = 8;

  private static final String IN_PARTITION = ItemKeys.PK + " = :partition";
  private static final String BEGINS_SO = "begins_with(" + ItemKeys.SK + ", :prefix)";

  private final QueryPages pages;
  private final String table;

  DirectoryLister(QueryPages pages, String table) {
    this.pages = pages;
    this.table = table;
  }

  CompletableFuture<DirectoryPage> list(DirectoryQuery query, Duration time) {
    return query
        .label()
        .map(label -> labelled(query, label, time))
        .orElseGet(() -> collect(query, firstCharacters(query), 1, List.of(), time));
  }

  private CompletableFuture<DirectoryPage> labelled(
      DirectoryQuery query, Label label, Duration time) {
    CompletableFuture<Page<AccountKey<?>>> read =
        read(
            query.prefix().kind(),
            request(
                ItemKeys.directoryOf(query.prefix().kind(), label),
                query.prefix().text(),
                query.after().map(AccountKey::name),
                time),
            query.limit() + 1);
    return read.thenApply(page -> page(page.rows(), query.limit()));
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
    String prefix = query.prefix().text();
    return read(
        kind,
        request(
            ItemKeys.directoryOf(kind, first),
            prefix.isEmpty() ? String.valueOf(first) : prefix,
            after(query, first),
            time),
        wanted);
  }

  private CompletableFuture<Page<AccountKey<?>>> read(
      AccountKind kind, QueryRequest request, int wanted) {
    return pages.read(request, wanted, item -> item.value(ItemKeys.SK, kind::key));
  }

  private QueryRequest request(
      String partition, String prefix, Optional<String> after, Duration time) {
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression(
                prefix.isEmpty() ? IN_PARTITION : IN_PARTITION + " AND " + BEGINS_SO)
            .expressionAttributeValues(values(partition, prefix))
            .overrideConfiguration(o -> o.apiCallTimeout(time));
    after.ifPresent(name -> request.exclusiveStartKey(ItemKeys.key(partition, name)));
    return request.build();
  }

  /** DynamoDB takes no empty text for the beginning of a key, and no value that is not used. */
  private static Map<String, AttributeValue> values(String partition, String prefix) {
    return prefix.isEmpty()
        ? Map.of(":partition", Items.text(partition))
        : Map.of(":partition", Items.text(partition), ":prefix", Items.text(prefix));
  }

  private static Optional<String> after(DirectoryQuery query, char first) {
    return query.after().map(AccountKey::name).filter(name -> name.charAt(0) == first);
  }
}
