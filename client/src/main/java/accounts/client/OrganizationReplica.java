package accounts.client;

import io.grpc.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A copy, in the memory of this process, of an organization and its memberships, which follows the
 * changes by a {@link Watch}. Opened by {@link AccountsClient#replicateOrganization}, and closed by
 * whoever opened it or with the client. May be used from any thread; no method waits.
 *
 * <p><b>It is not fresh.</b> It learns of a change about a second after it was made, later while it
 * is {@link ReplicaState#STALLED}, and it knows nothing of suspended users. It is for what may be
 * late: lists, counts, search, who is to be written to. What a user may do is decided by {@link
 * AccountsClient#checkAccess}.
 *
 * <p>Of changes that were made while it was loaded it may show one before the other for a moment,
 * as the service tells them in their order: a user that has left already as a member, and then
 * gone.
 *
 * <p>It goes on after interruptions of any kind, and loads everything anew if it was away for
 * longer than the service keeps changes.
 */
public final class OrganizationReplica implements AutoCloseable {

  /** The most members of a replica, unless another limit is given: some 20 MB. */
  public static final int DEFAULT_MAX_MEMBERS = 100_000;

  /** The service sends something every ten seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final int PAGE = 1_000;
  private static final Deadline DEADLINE = Deadline.after(Duration.ofSeconds(10));

  private final AccountsClient client;
  private final String name;
  private final int maxMembers;
  private final ReplicaListener listener;
  private final Consumer<OrganizationReplica> onEnd;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final CompletableFuture<OrganizationReplica> loaded = new CompletableFuture<>();
  private final Backoff reopening = new Backoff();

  /** What is asked; null until it was loaded. */
  private volatile @Nullable ReplicaContents contents;

  private volatile boolean loading = true;
  private volatile boolean stalled;
  private volatile boolean ended;
  private volatile long currentAt; // when the contents had all that was known to be there
  private volatile @Nullable Watch watch;
  private volatile ReplicaContents next; // what is loaded, or the contents

  private final Object lock = new Object(); // guards what follows, and is held by who changes it
  private long followedAt; // as currentAt, of next
  private long heardAt;
  private boolean first = true; // the next response is the first of its stream
  private boolean behind; // what was missed in an interruption may not be here yet
  private boolean reading;

  /**
   * @param onEnd run when it has ended
   * @param clock is compared with the times of changes
   */
  OrganizationReplica(
      AccountsClient client,
      String name,
      int maxMembers,
      ReplicaListener listener,
      Consumer<OrganizationReplica> onEnd,
      LongSupplier nanoTime,
      InstantSource clock) {
    if (maxMembers < 1) {
      throw new IllegalArgumentException("maxMembers: " + maxMembers + " (expected: 1 or more)");
    }
    this.client = client;
    this.name = name;
    this.maxMembers = maxMembers;
    this.listener = listener;
    this.onEnd = onEnd;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.next = new ReplicaContents(maxMembers);
  }

  /**
   * Returns a future of this replica that completes when it was loaded for the first time; it fails
   * if the replica ends before.
   */
  public CompletableFuture<OrganizationReplica> whenLoaded() {
    return loaded.copy();
  }

  /** Returns how far it can be relied on. */
  public ReplicaState state() {
    if (ended) {
      return ReplicaState.ENDED;
    }
    if (loading) {
      return ReplicaState.LOADING;
    }
    return stalled || age().compareTo(SILENCE) > 0 ? ReplicaState.STALLED : ReplicaState.LIVE;
  }

  /**
   * Returns for how long the service has not confirmed that the contents are what it knows: up to
   * some ten seconds while the replica is live. Changes take about a second more. After each
   * interruption it grows until what was changed meanwhile is here.
   *
   * @throws IllegalStateException if it was never loaded
   */
  public Duration age() {
    var unused = contents();
    return Duration.ofNanos(nanoTime.getAsLong() - currentAt);
  }

  /**
   * Returns the organization; empty if there is none.
   *
   * @throws IllegalStateException if it was never loaded
   */
  public Optional<Organization> organization() {
    return contents().organization();
  }

  /**
   * Returns all members, in no particular order, as a list of their own.
   *
   * @throws IllegalStateException if it was never loaded
   */
  public List<ReplicaMember> members() {
    return contents().members();
  }

  /**
   * Returns the role of a user, as far as this replica knows; empty if the user is not a member. It
   * may be older than the last answer of a call, so decide nothing by it that {@link
   * AccountsClient#checkAccess} is for.
   *
   * @throws IllegalStateException if it was never loaded
   */
  public Optional<Role> role(String username) {
    return contents().role(username);
  }

  private ReplicaContents contents() {
    ReplicaContents present = contents;
    if (present == null) {
      throw new IllegalStateException(
          "the replica of " + name + " is not loaded (expected: that whenLoaded() has completed)");
    }
    return present;
  }

  /**
   * Ends it. It can still be asked, and has what it had; the listener receives nothing more, but
   * for what it is receiving now.
   */
  @Override
  public void close() {
    finish(failure(Status.CANCELLED.withDescription("the replica was closed")));
  }

  void open() {
    watch = client.watchOrganization(name, "", new Following());
    if (ended) {
      closeWatch();
    }
  }

  private void finish(AccountsException failure) {
    ended = true;
    onEnd.accept(this);
    closeWatch();
    loaded.completeExceptionally(failure);
  }

  private void closeWatch() {
    Watch last = watch;
    if (last != null) {
      last.close();
    }
  }

  private void fail(AccountsException failure) {
    if (!ended) {
      finish(failure);
      listener.ended(failure);
    }
  }

  /** Receives what the watch finds; its thread waits for nothing but the lock. */
  private final class Following implements WatchListener {

    private boolean begun;

    @Override
    public void received(WatchUpdate update) {
      synchronized (lock) {
        if (ended) {
          return;
        }
        heard(update);
        if (!begun) {
          begun = true;
          load();
        }
        update.changes().forEach(OrganizationReplica.this::apply);
        afterwards();
      }
    }

    @Override
    public void interrupted() {
      synchronized (lock) {
        first = true;
      }
    }

    @Override
    public void ended(AccountsException failure) {
      if (failure.reason() == ErrorReason.WATCH_TOKEN_EXPIRED) {
        forget();
        reopening.later(OrganizationReplica.this::reopen);
      } else {
        fail(failure);
      }
    }
  }

  /** Drops what is on its way: it lacks the changes that nobody can tell any more. */
  private void forget() {
    synchronized (lock) {
      loading = true;
      next = new ReplicaContents(maxMembers);
    }
  }

  private void reopen() {
    if (!ended) {
      open();
    }
  }

  /**
   * Notes that the service has sent something. The first response of a stream, or after a long
   * silence, comes before what was missed and confirms nothing; nor do those that bring it.
   */
  private void heard(WatchUpdate update) {
    long now = nanoTime.getAsLong();
    boolean interrupted = first || now - heardAt > SILENCE.toNanos();
    behind = interrupted || (behind && isOfBefore(update.changes()));
    first = false;
    heardAt = now;
    stalled = update.stalled();
    if (!behind && !stalled) {
      followedAt = now;
      currentAt = loading ? currentAt : now;
    }
  }

  /** Returns whether these changes, if there are any, are older than any silence. */
  private boolean isOfBefore(List<Change> changes) {
    return !changes.isEmpty()
        && Duration.between(changes.get(changes.size() - 1).changeTime(), clock.instant())
                .compareTo(SILENCE)
            > 0;
  }

  private void apply(Change change) {
    switch (change.kind()) {
      case MEMBERSHIP -> {
        if (next.applyToMember(change) && !loading) {
          String username = change.username().orElse("");
          listener.memberChanged(username, next.role(username));
        }
      }
      case ORGANIZATION -> {
        if (next.applyToOrganization(change) && !loading && next.unreadRevision() == 0) {
          listener.organizationChanged(Optional.empty());
        }
      }
      case USER, UNKNOWN -> {}
    }
  }

  /** Begins with nothing: whatever the watch shows from now on is applied to what is loaded. */
  private void load() {
    loading = true;
    reading = false;
    next = new ReplicaContents(maxMembers);
    followedAt = nanoTime.getAsLong();
    read(
        () -> client.getOrganization(name, DEADLINE),
        answer -> {
          var unused = next.read(answer.value());
          list(() -> client.listOrganizationMembers(name, PageOption.size(PAGE), DEADLINE));
        },
        this::completeAbsent);
  }

  private void list(Supplier<CompletableFuture<Page<Membership>>> pages) {
    read(
        pages,
        page -> {
          next.listed(page.items());
          if (next.isTooLarge() || next.needsReload()) {
            return;
          }
          if (page.hasNext()) {
            list(page::next);
          } else {
            complete();
          }
        },
        this::completeAbsent);
  }

  /** There is no organization, or no longer: then the watch shows each member's removal, too. */
  private void completeAbsent(AccountsException failure) {
    if (failure instanceof AccountsException.NotFound absence) {
      next.absent(absence.revision());
      complete();
    } else {
      fail(failure);
    }
  }

  private void complete() {
    next.complete();
    contents = next;
    currentAt = followedAt;
    loading = false;
    reopening.reset();
    var unused = loaded.completeAsync(() -> this); // not in this thread, which holds the lock
    listener.loaded();
  }

  /** Reads what the change of the organization did not say, its display name above all. */
  private void readOrganization() {
    reading = true;
    ReadOption revision = ReadOption.minRevision(next.unreadRevision());
    read(
        () -> client.getOrganization(name, revision, DEADLINE),
        answer -> {
          reading = false;
          if (next.read(answer.value())) {
            listener.organizationChanged(next.organization());
          }
        },
        this::notRead);
  }

  private void notRead(AccountsException failure) {
    if (failure instanceof AccountsException.NotFound absence) {
      next.absent(absence.revision());
    }
    if (next.unreadRevision() == 0) {
      reading = false;
      listener.organizationChanged(Optional.empty());
    } else if (failure instanceof AccountsException.NotFound
        || failure instanceof AccountsException.InvalidArgument) {
      ReplicaContents wrong = next; // the revision is gone: something was changed by hand
      reopening.later(() -> step(wrong, this::load));
    } else {
      fail(failure);
    }
  }

  /** Reads for the contents that are next; what comes when these were given up is dropped. */
  private <T> void read(
      Supplier<CompletableFuture<T>> call,
      Consumer<T> answered,
      Consumer<AccountsException> refused) {
    ReplicaContents into = next;
    new PersistentRead<>(
            call,
            () -> !ended && into == next,
            answer -> step(into, () -> answered.accept(answer)),
            failure -> step(into, () -> refused.accept(failure)))
        .begin();
  }

  private void step(ReplicaContents into, Runnable step) {
    synchronized (lock) {
      if (ended || into != next) {
        return;
      }
      try {
        step.run();
        afterwards();
      } catch (RuntimeException | Error e) {
        fail(listenerFailed(e));
      }
    }
  }

  /** Does what has become necessary by the last step. */
  private void afterwards() {
    if (ended) {
      return;
    }
    if (next.isTooLarge()) {
      fail(tooLarge());
    } else if (next.needsReload()) {
      load();
    } else if (!loading && !reading && next.unreadRevision() > 0) {
      readOrganization();
    }
  }

  private AccountsException tooLarge() {
    return failure(
        Status.RESOURCE_EXHAUSTED.withDescription(
            name + " has too many members for the replica (expected: at most " + maxMembers + ")"));
  }

  private static AccountsException listenerFailed(Throwable thrown) {
    return failure(Status.CANCELLED.withDescription("the listener failed").withCause(thrown));
  }

  private static AccountsException failure(Status status) {
    return Errors.decode(status.asException(), Optional.empty());
  }
}
