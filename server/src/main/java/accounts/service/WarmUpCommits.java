package accounts.service;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.Labels;
import accounts.domain.PersonName;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.domain.Username;
import accounts.store.AccountStore;
import accounts.store.AuditEntry;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.Origin;
import accounts.store.Outcome;
import accounts.store.RequestRecord;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Commits that the store refuses, so that the first change of a caller does not wait for what sends
 * one: each replaces a user that does not exist. A commit makes all of its changes or none, its
 * entries and its record included, so nothing of it is stored. For one thread.
 */
public final class WarmUpCommits {

  /** No user ever gets there: even one of such a name would stay as it is. */
  private static final Revision NEVER = new Revision(Long.MAX_VALUE);

  private static final PersonName NAME = new PersonName("Nobody");

  private final AccountStore store;
  private final String own =
      "warm-up-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

  private int next;

  public WarmUpCommits(AccountStore store) {
    this.store = store;
  }

  /**
   * Makes so many commits at once; completes when all have ended, however that was.
   *
   * @param scope ends them
   */
  public CompletableFuture<Void> make(int commits, CallScope scope) {
    List<CompletableFuture<Void>> ends =
        IntStream.range(next, next + commits)
            .mapToObj(n -> commit(new Username(own + "-" + n), scope))
            .toList();
    next += commits;
    return Futures.allOf(ends);
  }

  private CompletableFuture<Void> commit(Username nobody, CallScope scope) {
    return Futures.started(() -> store.commit(replacing(nobody), scope))
        .handle((result, failure) -> null);
  }

  private static Commit replacing(Username nobody) {
    Instant now = Instant.EPOCH;
    User user = new User(nobody, NAME, NAME, UserState.ACTIVE, false, Labels.NONE, NEVER, now, now);
    RequestId id = new RequestId(UUID.randomUUID());
    return new Commit(
        List.of(new Change.Replace(user)),
        Optional.of(new RequestRecord(id, "", new Outcome.Done(List.of(user)))),
        List.of(
            new AuditEntry(
                user.key(),
                AuditEntry.Action.UPDATED,
                NEVER,
                now,
                new Origin(Optional.empty(), Optional.of(nobody), Optional.of(id)),
                List.of("last_name"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
  }
}
