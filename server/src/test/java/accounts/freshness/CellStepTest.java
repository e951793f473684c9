package accounts.freshness;

import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.InMemoryCellCache;
import accounts.cache.InMemoryCellCache.Call;
import accounts.cache.SwapResult;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.freshness.CellRequirement.AtLeast;
import accounts.freshness.CellRequirement.Committed;
import accounts.freshness.CellStep.Result;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CellStepTest {

  private static final CellKey KEY = CellKey.of("incarnation", userKey("alice"));
  private static final long EPOCH = 7;
  private static final User FIRST = user("alice");
  private static final User SECOND = renamed(FIRST);
  private static final User THIRD = renamed(SECOND);
  private static final CellRequirement SECOND_COMMITTED =
      new Committed(new Lookup.Found<>(SECOND), EPOCH);
  private static final int MAX_LOOKS = 32;

  private final InMemoryCellCache cache = new InMemoryCellCache();
  private final CellStep step = new CellStep(cache);

  // Without a known version the cell is read first.

  @Test
  void settle_nothing_isSettledAndPutsNothing() {
    assertThat(settle(SECOND_COMMITTED)).isEqualTo(Result.SETTLED);

    assertThat(cache.peek(KEY)).isEqualTo(new CellAnswer.Nothing());
    assertThat(cache.calls()).extracting(Call::name).containsExactly("get");
  }

  @Test
  void settle_cellMeetsIt_staysAsItIs() {
    CellAnswer.Seen third = put(value(THIRD));
    cache.clearCalls();

    assertThat(settle(SECOND_COMMITTED)).isEqualTo(Result.SETTLED);
    assertThat(cache.peek(KEY)).isEqualTo(third);
    assertThat(cache.calls()).extracting(Call::name).containsExactly("get");
  }

  @Test
  void settle_cellIsOlder_isReplaced() {
    put(value(FIRST));

    assertThat(settle(SECOND_COMMITTED)).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(value(SECOND));
  }

  @Test
  void settle_cellIsOlderAndAnswerUnknown_isInvalid() {
    put(value(FIRST));

    assertThat(settle(new AtLeast(new Revision(2)))).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(new Cell.Invalid());
  }

  // It may have read the store before the commit.
  @Test
  void settle_readerLoads_itsFillComesTooLate() {
    CellVersion claim = put(new Cell.Loading()).version();

    assertThat(settle(SECOND_COMMITTED)).isEqualTo(Result.SETTLED);
    assertThat(cache.replace(KEY, claim, value(FIRST), scope()).join())
        .isEqualTo(new SwapResult.Mismatch());
    assertThat(cell()).isEqualTo(new Cell.Invalid());
  }

  // By whom, and before or after which commit, is not known: a claim of it may be on its way.
  @Test
  void settle_invalid_isInvalidatedAnew() {
    CellVersion before = put(new Cell.Invalid()).version();

    assertThat(settle(SECOND_COMMITTED)).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(new Cell.Invalid());
    assertThat(cache.replace(KEY, before, new Cell.Loading(), scope()).join())
        .isEqualTo(new SwapResult.Mismatch());
  }

  // With a known version the cell is not read first.

  @Test
  void settle_seenStateIsThere_isOneSwap() {
    CellVersion seen = put(value(FIRST)).version();

    assertThat(settle(SECOND_COMMITTED, seen)).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(value(SECOND));
    assertThat(cache.calls()).extracting(Call::name).containsExactly("replace");
  }

  @Test
  void settle_seenStateIsGone_replacesWhatIsThereInstead() {
    CellVersion seen = put(value(FIRST)).version();
    put(new Cell.Value(EPOCH - 1, new Lookup.Found<>(FIRST)));

    assertThat(settle(SECOND_COMMITTED, seen)).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(value(SECOND));
    assertThat(cache.calls()).extracting(Call::name).containsExactly("replace", "get", "replace");
  }

  @Test
  void settle_seenStateGaveWayToAClaim_isInvalid() {
    CellVersion seen = put(value(FIRST)).version();
    put(new Cell.Loading());

    assertThat(settle(SECOND_COMMITTED, seen)).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(new Cell.Invalid());
  }

  // A claim that was seen before the commit can be replaced by its answer.
  @Test
  void settle_seenStateIsAClaim_isReplacedByTheAnswer() {
    CellVersion seen = put(new Cell.Loading()).version();

    assertThat(settle(SECOND_COMMITTED, seen)).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(value(SECOND));
  }

  @Test
  void settle_seenStateGaveWayToALaterAnswer_staysAsItIs() {
    CellVersion seen = put(value(FIRST)).version();
    put(value(THIRD));

    assertThat(settle(SECOND_COMMITTED, seen)).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(value(THIRD));
  }

  @Test
  void settle_seenStateIsLost_putsNothing() {
    CellVersion seen = put(value(FIRST)).version();
    cache.flush();

    assertThat(settle(SECOND_COMMITTED, seen)).isEqualTo(Result.SETTLED);
    assertThat(cache.peek(KEY)).isEqualTo(new CellAnswer.Nothing());
  }

  @Test
  void settle_changesBetweenLookAndSwap_looksAgain() {
    put(value(FIRST));
    cache.beforeSwap(() -> put(new Cell.Invalid()));

    assertThat(settle(SECOND_COMMITTED)).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(new Cell.Invalid());
  }

  @Test
  void settle_changesAtEveryLook_givesUp() {
    put(new Cell.Loading());
    changeBeforeEverySwap();

    assertThat(settle(SECOND_COMMITTED)).isEqualTo(Result.UNREACHED);
    assertThat(cache.calls()).filteredOn(call -> call.name().equals("get")).hasSize(MAX_LOOKS);
  }

  private void changeBeforeEverySwap() {
    cache.beforeSwap(() -> {
      put(new Cell.Loading());
      changeBeforeEverySwap();
    });
  }

  // Answers that do not come.

  @Test
  void settle_lookUnanswered_isUnreached() {
    put(value(FIRST));
    cache.unavailable(call -> call.equals("get"));

    assertThat(settle(SECOND_COMMITTED)).isEqualTo(Result.UNREACHED);
    assertThat(cell()).isEqualTo(value(FIRST));
  }

  @Test
  void settle_swapUnanswered_isUnreached() {
    CellVersion seen = put(value(FIRST)).version();
    cache.unavailable(call -> call.equals("replace"));

    assertThat(settle(SECOND_COMMITTED, seen)).isEqualTo(Result.UNREACHED);
    assertThat(settle(SECOND_COMMITTED)).isEqualTo(Result.UNREACHED);
  }

  @Test
  void settle_swapDoneButUnanswered_nextTryFindsItDone() {
    CellVersion seen = put(value(FIRST)).version();
    cache.answersLost(() -> true);
    assertThat(settle(SECOND_COMMITTED, seen)).isEqualTo(Result.UNREACHED);
    cache.clearCalls();

    assertThat(settle(SECOND_COMMITTED)).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(value(SECOND));
    assertThat(cache.calls()).extracting(Call::name).containsExactly("get");
  }

  @Test
  void settle_doubledAfterALaterWrite_changesNothing() {
    CellVersion seen = put(value(FIRST)).version();
    settle(SECOND_COMMITTED, seen);
    settle(new Committed(new Lookup.Found<>(THIRD), EPOCH));

    assertThat(cache.replace(KEY, seen, value(SECOND), scope()).join())
        .isEqualTo(new SwapResult.Mismatch());
    assertThat(settle(SECOND_COMMITTED, seen)).isEqualTo(Result.SETTLED);
    assertThat(cell()).isEqualTo(value(THIRD));
  }

  private CellAnswer.Seen put(Cell cell) {
    cache.put(KEY, cell);
    return (CellAnswer.Seen) cache.peek(KEY);
  }

  private Cell cell() {
    return ((CellAnswer.Seen) cache.peek(KEY)).cell();
  }

  private Result settle(CellRequirement requirement) {
    return step.settle(KEY, requirement, Optional.empty(), scope()).join();
  }

  private Result settle(CellRequirement requirement, CellVersion seen) {
    return step.settle(KEY, requirement, Optional.of(seen), scope()).join();
  }

  private static Cell value(User user) {
    return new Cell.Value(EPOCH, new Lookup.Found<>(user));
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
