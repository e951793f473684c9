package accounts.store.dynamodb;

import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.store.DirectoryPage;
import accounts.store.DirectoryQuery;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Consistent, keyset-paged lists of the directory. What has a label is in one partition, and so are
 * names that begin with the same character.
 */
final class DirectoryLister {

  private static final Logger log = LoggerFactory.getLogger(DirectoryLister.class);

  private static final String IN_PARTITION = ItemKeys.PK + " = :partition";
  private static final String BEGINS_SO = "begins_with(" + ItemKeys.SK + ", :prefix)";

  private final QueryPages pages;
  private final String table;

  DirectoryLister(QueryPages pages, String table) {
    this.pages = pages;
    this.table = table;
  }

  /** Lists a page of a query that has a prefix or a label. */
  CompletableFuture<DirectoryPage> list(DirectoryQuery query, Duration time) {
    AccountKind kind = query.prefix().kind();
    return pages.readSome(
        request(query, time), query.limit(), item -> key(kind, item), DirectoryPage::new);
  }

  /** One entry that was written by hand must not keep the others from being listed. */
  private static Optional<AccountKey<?>> key(AccountKind kind, Item item) {
    try {
      return Optional.of(item.value(ItemKeys.SK, kind::key));
    } catch (IllegalStateException e) {
      log.warn("an entry of the directory has no valid name and is left out (which: see DEBUG)");
      log.debug("entry not understood", e);
      return Optional.empty();
    }
  }

  private static String partition(DirectoryQuery query) {
    AccountKind kind = query.prefix().kind();
    return query
        .label()
        .map(label -> ItemKeys.directoryOf(kind, label))
        .orElseGet(() -> ItemKeys.directoryOf(kind, query.prefix().text().charAt(0)));
  }

  private QueryRequest request(DirectoryQuery query, Duration time) {
    String partition = partition(query);
    String prefix = query.prefix().text();
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression(
                prefix.isEmpty() ? IN_PARTITION : IN_PARTITION + " AND " + BEGINS_SO)
            .expressionAttributeValues(values(partition, prefix))
            .overrideConfiguration(o -> o.apiCallTimeout(time));
    query.after().ifPresent(key -> request.exclusiveStartKey(ItemKeys.key(partition, key.name())));
    return request.build();
  }

  /** DynamoDB takes no empty text for the beginning of a key, and no value that is not used. */
  private static Map<String, AttributeValue> values(String partition, String prefix) {
    return prefix.isEmpty()
        ? Map.of(":partition", Items.text(partition))
        : Map.of(":partition", Items.text(partition), ":prefix", Items.text(prefix));
  }
}
