package accounts.store;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.AccountKind;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Invitation;
import accounts.domain.Label;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.OrganizationName;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.store.CommitResult.Committed;
import accounts.store.CommitResult.Conflict;
import accounts.store.CommitResult.Repeated;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An {@link AccountStore}, {@link DeletionStore}, {@link InvitationStore} and {@link
 * DirectoryStore} for tests: one lock, all answers at once on the calling thread.
 */
public final class InMemoryAccountStore
    implements AccountStore, DeletionStore, InvitationStore, DirectoryStore {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Map<EntityKey<?>, Lookup<?>> answers = new HashMap<>();
  private final Map<EntityKey<?>, Instant> created = new HashMap<>();
  private final Map<OrganizationName, Integer> owners = new HashMap<>();
  private final Map<RequestId, RequestRecord> records = new HashMap<>();
  private final Map<AccountKey<?>, OpenDeletion> deletions = new HashMap<>();
  private final Map<AccountKey<?>, Account> kept = new HashMap<>();
  private final Map<MembershipKey, Invitation> invitations = new HashMap<>();
  private final Set<AccountKey<?>> directory = new HashSet<>();
  private DirectoryRound round = DirectoryRound.NONE;
  private final InMemoryTrail trail = new InMemoryTrail();

  @Override
  public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
    return locked(scope, () -> lookups(keys));
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
    return locked(
        scope,
        () ->
            new Snapshot(
                lookups(keys), requestId.flatMap(id -> Optional.ofNullable(records.get(id)))));
  }

  private Lookups lookups(Collection<EntityKey<?>> keys) {
    Lookups.Builder lookups = Lookups.builder();
    keys.forEach(key -> put(lookups, key));
    return lookups.build();
  }

  private <E extends Entity> void put(Lookups.Builder lookups, EntityKey<E> key) {
    lookups.put(key, lookup(key));
  }

  @SuppressWarnings("unchecked") // only ever put under a key of its own kind
  private <E extends Entity> Lookup<E> lookup(EntityKey<E> key) {
    Lookup<?> answer = answers.get(key);
    return answer == null ? new Lookup.Absent<>(Revision.NONE) : (Lookup<E>) answer;
  }

  @Override
  public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
    return locked(scope, () -> commit(commit));
  }

  private CommitResult commit(Commit commit) {
    Optional<RequestRecord> first =
        commit.record().flatMap(r -> Optional.ofNullable(records.get(r.requestId())));
    if (first.isPresent()) {
      return new Repeated(first.get());
    }
    List<Change> unmet = commit.changes().stream().filter(change -> !isMet(change)).toList();
    if (!unmet.isEmpty()) {
      return new Conflict(unmet);
    }
    commit.record().ifPresent(record -> records.put(record.requestId(), record));
    commit.changes().forEach(this::apply);
    trail.add(commit.entries());
    return new Committed();
  }

  private boolean isMet(Change change) {
    return switch (change) {
      case Change.Create c -> isFree(c.entity()) && hasOtherTime(c.entity());
      case Change.Replace r -> isThereBefore(r.entity());
      case Change.Remove r -> isThereBefore(r.membership());
      case Change.End e -> isThereBefore(e.account()) && isDeleting(e.account().key());
      case Change.Restore r -> isFree(r.account());
      case Change.Erase e ->
          !isThere(new UserKey(e.username()))
              && isAt(new UserKey(e.username()), e.revision().previous());
      case Change.NoteDeletion n -> !deletions.containsKey(n.deletion().key());
      case Change.NoteProgress n -> isAt(n.seen());
      case Change.DropDeletion d -> isAt(d.seen());
      case Change.PutInvitation p -> isAs(p.invitation().key(), p.replaced());
      case Change.DropInvitation d -> isAs(d.seen().key(), Optional.of(d.seen()));
      case Change.Keep k ->
          isThere(k.entity().key()) && isAt(k.entity().key(), k.entity().revision());
      case Change.Require r -> isThere(r.key()) && !isDeleting(r.key());
      case Change.RequireActive r ->
          lookup(new UserKey(r.username())).toOptional().filter(User::isActive).isPresent();
      case Change.RequireRole r ->
          lookup(new MembershipKey(r.organization(), r.username()))
              .toOptional()
              .filter(membership -> r.roles().contains(membership.role()))
              .isPresent();
      case Change.AddOwner a ->
          isThere(new OrganizationKey(a.organization()))
              && !isDeleting(new OrganizationKey(a.organization()));
      case Change.DropOwner d -> owners.getOrDefault(d.organization(), 0) > 1;
    };
  }

  private boolean isAs(MembershipKey key, Optional<Invitation> seen) {
    return Optional.ofNullable(invitations.get(key)).equals(seen);
  }

  private boolean isFree(Entity entity) {
    return !isThere(entity.key()) && isAt(entity.key(), entity.revision().previous());
  }

  private boolean hasOtherTime(Entity entity) {
    return !(entity instanceof Membership)
        || !entity.createTime().equals(created.get(entity.key()));
  }

  private boolean isDeleting(AccountKey<?> key) {
    return lookup(key).toOptional().map(Account.class::cast).filter(Account::deleting).isPresent();
  }

  private boolean isThere(EntityKey<?> key) {
    return lookup(key) instanceof Lookup.Found;
  }

  private boolean isAt(EntityKey<?> key, Revision revision) {
    return lookup(key).revision().equals(revision);
  }

  private boolean isThereBefore(Entity entity) {
    return isThere(entity.key()) && isAt(entity.key(), entity.revision().previous());
  }

  private void apply(Change change) {
    switch (change) {
      case Change.Create c -> create(c.entity());
      case Change.Replace r -> answers.put(r.entity().key(), new Lookup.Found<>(r.entity()));
      case Change.Remove r ->
          answers.put(r.membership().key(), new Lookup.Absent<>(r.membership().revision()));
      case Change.End e -> end(e);
      case Change.Restore r -> {
        kept.remove(r.account().key());
        create(r.account());
      }
      case Change.Erase e -> {
        kept.remove(new UserKey(e.username()));
        directory.remove(new UserKey(e.username()));
        answers.put(
            new UserKey(e.username()),
            new Lookup.Absent<>(e.revision(), Optional.of(e.reservedUntil())));
      }
      case Change.NoteDeletion n ->
          deletions.put(n.deletion().key(), OpenDeletion.begun(n.deletion()));
      case Change.NoteProgress n -> deletions.put(n.seen().key(), n.seen().after(n.step()));
      case Change.DropDeletion d -> deletions.remove(d.seen().key());
      case Change.PutInvitation p -> invitations.put(p.invitation().key(), p.invitation());
      case Change.DropInvitation d -> invitations.remove(d.seen().key());
      case Change.AddOwner a -> owners.merge(a.organization(), 1, Integer::sum);
      case Change.DropOwner d -> owners.merge(d.organization(), -1, Integer::sum);
      case Change.Keep k -> {}
      case Change.Require r -> {}
      case Change.RequireActive r -> {}
      case Change.RequireRole r -> {}
    }
  }

  private boolean isAt(OpenDeletion seen) {
    OpenDeletion now = deletions.get(seen.key());
    return now != null && now.progress() == seen.progress();
  }

  private void end(Change.End end) {
    Account account = end.account();
    kept.put(account.key(), account);
    directory.remove(account.key());
    answers.put(
        account.key(), new Lookup.Absent<>(account.revision(), Optional.of(end.reservedUntil())));
  }

  private void create(Entity entity) {
    answers.put(entity.key(), new Lookup.Found<>(entity));
    created.put(entity.key(), entity.createTime());
    if (entity instanceof Account account) {
      directory.add(account.key());
    }
    if (entity instanceof Organization organization) {
      owners.put(organization.name(), 1);
    }
  }

  @Override
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
    return locked(scope, () -> list(query));
  }

  private MembershipPage list(MembershipQuery query) {
    List<Membership> found =
        (switch (query) {
              case MembershipQuery.OfOrganization q ->
                  memberships()
                      .filter(m -> m.organization().equals(q.organization()))
                      .filter(m -> q.role().isEmpty() || q.role().get() == m.role())
                      .filter(m -> q.after().isEmpty() || isAfter(m.username(), q.after().get()))
                      .sorted(Comparator.comparing(Membership::username));
              case MembershipQuery.OfUser q ->
                  memberships()
                      .filter(m -> m.username().equals(q.username()))
                      .filter(
                          m -> q.after().isEmpty() || isAfter(m.organization(), q.after().get()))
                      .sorted(Comparator.comparing(Membership::organization));
            })
            .limit(query.limit() + 1L)
            .toList();
    boolean more = found.size() > query.limit();
    return new MembershipPage(more ? found.subList(0, query.limit()) : found, more);
  }

  private static <T extends Comparable<T>> boolean isAfter(T one, T other) {
    return one.compareTo(other) > 0;
  }

  private Stream<Membership> memberships() {
    return answers.values().stream()
        .flatMap(answer -> answer.toOptional().stream())
        .filter(Membership.class::isInstance)
        .map(Membership.class::cast);
  }

  /** Looks at all answers, tombstones included, by their keys. */
  @Override
  public CompletableFuture<EntityPage> scan(
      Optional<ScanPosition> after, int limit, CallScope scope) {
    return locked(
        scope,
        () -> {
          List<EntityKey<?>> keys =
              answers.keySet().stream()
                  .filter(
                      key -> after.isEmpty() || isAfter(key.toString(), after.get().partition()))
                  .sorted(Comparator.comparing(EntityKey::toString))
                  .limit(limit)
                  .toList();
          return new EntityPage(
              keys.stream().<Entity>flatMap(key -> lookup(key).toOptional().stream()).toList(),
              keys.size() < limit
                  ? Optional.empty()
                  : Optional.of(new ScanPosition(keys.getLast().toString(), "-")));
        });
  }

  @Override
  public CompletableFuture<Optional<Invitation>> find(MembershipKey key, CallScope scope) {
    return locked(scope, () -> Optional.ofNullable(invitations.get(key)));
  }

  @Override
  public CompletableFuture<InvitationPage> list(
      InvitationQuery query, Instant created, Instant now, CallScope scope) {
    return locked(scope, () -> list(query, created, now));
  }

  private InvitationPage list(InvitationQuery query, Instant created, Instant now) {
    Stream<Invitation> open = invitations.values().stream().filter(i -> i.isOpen(now));
    List<Invitation> found =
        (switch (query) {
              case InvitationQuery.OfOrganization q ->
                  open.filter(i -> i.organization().equals(q.organization()))
                      .filter(i -> i.organizationCreateTime().equals(created))
                      .filter(i -> q.after().isEmpty() || isAfter(i.username(), q.after().get()))
                      .sorted(Comparator.comparing(Invitation::username));
              case InvitationQuery.OfUser q ->
                  open.filter(i -> i.username().equals(q.username()))
                      .filter(i -> i.userCreateTime().equals(created))
                      .filter(
                          i -> q.after().isEmpty() || isAfter(i.organization(), q.after().get()))
                      .sorted(Comparator.comparing(Invitation::organization));
            })
            .limit(query.limit() + 1L)
            .toList();
    boolean more = found.size() > query.limit();
    return new InvitationPage(more ? found.subList(0, query.limit()) : found, more);
  }

  @Override
  public CompletableFuture<AuditPage> listChanges(AuditQuery query, CallScope scope) {
    return locked(scope, () -> trail.list(query));
  }

  @Override
  public CompletableFuture<Optional<OpenDeletion>> find(AccountKey<?> key, CallScope scope) {
    return locked(scope, () -> Optional.ofNullable(deletions.get(key)));
  }

  @Override
  public CompletableFuture<List<OpenDeletion>> open(int limit, CallScope scope) {
    return locked(
        scope,
        () ->
            deletions.values().stream()
                .sorted(Comparator.comparing(open -> open.deletion().key().toString()))
                .limit(limit)
                .toList());
  }

  @Override
  public CompletableFuture<Optional<OpenDeletion>> claim(
      OpenDeletion seen, boolean force, CallScope scope) {
    return locked(
        scope,
        () -> {
          if (!isAt(seen)) {
            return Optional.empty();
          }
          deletions.put(seen.key(), seen.taken(force));
          return Optional.of(seen.taken(force));
        });
  }

  @Override
  public CompletableFuture<Void> drop(OpenDeletion seen, CallScope scope) {
    return locked(
        scope,
        () -> {
          if (isAt(seen)) {
            deletions.remove(seen.key());
          }
          return null;
        });
  }

  @Override
  @SuppressWarnings("unchecked") // only ever put under a key of its own kind
  public <A extends Account> CompletableFuture<Optional<A>> kept(
      AccountKey<A> key, CallScope scope) {
    return locked(scope, () -> Optional.ofNullable((A) kept.get(key)));
  }

  @Override
  public CompletableFuture<Void> forgetRequests(Username username, CallScope scope) {
    return locked(
        scope,
        () -> {
          records.values().removeIf(record -> holds(record.outcome(), username));
          return null;
        });
  }

  @Override
  public CompletableFuture<Void> forgetInvitations(Username username, CallScope scope) {
    return locked(
        scope,
        () -> {
          invitations.keySet().removeIf(key -> key.username().equals(username));
          return null;
        });
  }

  private static boolean holds(Outcome outcome, Username username) {
    return outcome instanceof Outcome.Done done
        && done.entities().stream().anyMatch(entity -> entity.key().equals(new UserKey(username)));
  }

  @Override
  public CompletableFuture<Set<OrganizationName>> withOneOwner(
      Collection<OrganizationName> organizations, CallScope scope) {
    return locked(
        scope,
        () ->
            organizations.stream()
                .filter(name -> owners.getOrDefault(name, 2) <= 1)
                .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public CompletableFuture<DirectoryPage> list(DirectoryQuery query, CallScope scope) {
    return locked(scope, () -> list(query));
  }

  private DirectoryPage list(DirectoryQuery query) {
    List<AccountKey<?>> found =
        directory.stream()
            .filter(key -> AccountKind.of(key) == query.prefix().kind())
            .filter(key -> query.prefix().matches(key.name()))
            .filter(key -> query.label().isEmpty() || has(key, query.label().get()))
            .filter(
                key -> query.after().isEmpty() || isAfter(key.name(), query.after().get().name()))
            .sorted(Comparator.comparing(AccountKey::name))
            .limit(query.limit() + 1L)
            .collect(Collectors.toUnmodifiableList());
    boolean more = found.size() > query.limit();
    return new DirectoryPage(more ? found.subList(0, query.limit()) : found, more);
  }

  private boolean has(AccountKey<?> key, Label label) {
    return lookup(key).toOptional().filter(account -> account.labels().has(label)).isPresent();
  }

  /** Takes an account out of the directory, as if it had been created when there was none. */
  public void loseEntry(AccountKey<?> key) {
    synchronized (answers) {
      directory.remove(key);
    }
  }

  /** Puts an entry in the directory, as if it had been left when its account ended. */
  public void leaveEntry(AccountKey<?> key) {
    synchronized (answers) {
      directory.add(key);
    }
  }

  @Override
  public CompletableFuture<List<Account>> named(List<AccountKey<?>> keys, CallScope scope) {
    return locked(
        scope,
        () -> keys.stream().<Account>flatMap(key -> lookup(key).toOptional().stream()).toList());
  }

  @Override
  public CompletableFuture<List<Account>> missing(Collection<Account> accounts, CallScope scope) {
    return locked(
        scope,
        () -> accounts.stream().filter(account -> !directory.contains(account.key())).toList());
  }

  @Override
  public CompletableFuture<Boolean> enter(Account seen, CallScope scope) {
    return locked(
        scope,
        () -> {
          boolean same = isThere(seen.key()) && isAt(seen.key(), seen.revision());
          if (same) {
            directory.add(seen.key());
          }
          return same;
        });
  }

  @Override
  public CompletableFuture<DirectoryRound> round(CallScope scope) {
    return locked(scope, () -> round);
  }

  @Override
  public CompletableFuture<Boolean> advance(
      DirectoryRound seen, DirectoryRound next, CallScope scope) {
    return locked(
        scope,
        () -> {
          boolean same = round.progress() == seen.progress();
          round = same ? next : round;
          return same;
        });
  }

  /** Returns all entries, in the order in which they were committed. */
  public List<AuditEntry> entries() {
    synchronized (answers) {
      return trail.entries();
    }
  }

  private <T> CompletableFuture<T> locked(CallScope scope, Supplier<T> operation) {
    return scope.run(
        LIMIT,
        time -> {
          synchronized (answers) {
            return CompletableFuture.completedFuture(operation.get());
          }
        });
  }
}
