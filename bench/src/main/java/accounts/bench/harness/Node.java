package accounts.bench.harness;

import accounts.local.Door;

/**
 * One instance with ways of its own to the cache and to DynamoDB.
 *
 * @param name by which the cache's fault rules know it, too
 */
public record Node(String name, Door cache, StoreDoor store, ServerProcess server)
    implements AutoCloseable {

  /**
   * Returns what it has counted since it was started, over all labels.
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
