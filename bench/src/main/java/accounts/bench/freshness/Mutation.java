package accounts.bench.freshness;

import accounts.bench.history.Key;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A change to send, repeated as often as necessary.
 *
 * @param what describes the change for reports
 * @param values the content of each changed entity afterwards, as in {@link Answers}
 * @param needs the other entities that must exist for the change
 * @param call sends the change under a request id and returns the result for each changed entity
 */
record Mutation(
    String what,
    List<String> values,
    List<Key> needs,
    BiFunction<AccountServiceBlockingStub, String, List<Change>> call) {

  /**
   * An acknowledged change of one entity.
   *
   * @param value the content of the revision, as in {@link Answers}
   */
  record Change(long revision, String value) {}
}
