package accounts.bench.harness;

import accounts.local.Door;

/**
 * One instance with connections of its own to the cache and to DynamoDB.
 *
 * @param name of the instance, also in the cache's fault rules
 */
public record Node(String name, Door cache, StoreProxy store, ServerProcess server)
    implements AutoCloseable {

  /**
   * Returns the value of a counter since the instance was started, over all labels.
   *
   * @param metric the name of a counter, without labels
   */
  public long total(String metric) throws InterruptedException {
    return Metrics.total(server.metrics(), metric);
  }

  @Override
  public void close() {
    server.close();
    store.close();
    cache.close();
  }
}
