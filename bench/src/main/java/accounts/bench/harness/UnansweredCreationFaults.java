package accounts.bench.harness;

import accounts.bench.harness.StoreRule.Effect;
import java.util.ArrayList;
import java.util.List;

/** The episode in which others rely on users whose creation was committed but never answered. */
final class UnansweredCreationFaults {

  private static final int USERS = 3;

  private UnansweredCreationFaults() {}

  /**
   * Cuts one instance off from the cache and loses DynamoDB's answers to creations that go through
   * it; returns how many users joined an organization although their creation was never answered.
   */
  static long play(FaultContext context) throws InterruptedException {
    Node creator = context.anyNode();
    List<StoreFaults.Active> active = new ArrayList<>();
    long joined = 0;
    try {
      for (int i = 0; i < USERS; i++) {
        joined +=
            context
                .extras()
                .unansweredCreations()
                .play(
                    creator.name(),
                    username -> {
                      creator.cache().close();
                      StoreFaults.Active rule =
                          creator
                              .store()
                              .faults()
                              .add(
                                  StoreRule.of(Effect.LOSE_ANSWER)
                                      .operations("TransactWriteItems")
                                      .about(username));
                      active.add(rule);
                      return () -> rule.answers() > 0;
                    });
        creator.cache().open();
      }
    } finally {
      creator.cache().open();
      active.forEach(creator.store().faults()::remove);
    }
    return joined;
  }
}
