package accounts.bench.freshness;

import accounts.bench.history.Key;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A change to send, as often as it takes.
 *
 * @param what a person is to know of it
 * @param values what each thing it changes contains then, as {@link Answers} tell it
 * @param needs what must exist for it to be made, beside what it changes
 * @param call sends it under a request id and returns what became of each thing it changes
 */
record Mutation(
    String what,
    List<String> values,
    List<Key> needs,
    BiFunction<AccountServiceBlockingStub, String, List<Change>> call) {

  /**
   * What an acknowledgement says.
   *
   * @param value what the revision contains, as {@link Answers} tell it
   */
  record Change(long revision, String value) {}
}
