package accounts.bench.freshness;

import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A change to send, as often as it takes.
 *
 * @param what a person is to know of it
 * @param call sends it under a request id and returns what became of each thing it changes
 */
record Mutation(String what, BiFunction<AccountServiceBlockingStub, String, List<Change>> call) {

  /**
   * What an acknowledgement says.
   *
   * @param value what the revision contains, as {@link Answers} tell it
   */
  record Change(long revision, String value) {}
}
