package accounts.bench.harness;

import accounts.bench.harness.StoreRule.Effect;
import java.util.ArrayList;
import java.util.List;

/** Users whose creation was committed and never answered, and on whom others rely. */
final class Orphaned {

  private static final int USERS = 3;

  private Orphaned() {}

  /**
   * Cuts one instance off from the cache and loses DynamoDB's answers to creations that go through
   * it; returns how many users joined an organization although their creation was never answered.
   */
  static long play(Stage stage) throws InterruptedException {
    Node creator = stage.anyNode();
    List<StoreFaults.Active> active = new ArrayList<>();
    long joined = 0;
    try {
      for (int i = 0; i < USERS; i++) {
        joined +=
            stage
                .extras()
                .orphans()
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
