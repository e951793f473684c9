package accounts.service;

import accounts.async.CallScope;
import accounts.domain.AccountError.InvalidFields;
import accounts.domain.AccountError.UidMismatch;
import accounts.domain.AccountException;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Uid;
import accounts.store.AccountStore;
import accounts.store.AuditPage;
import accounts.store.AuditQuery;
import accounts.store.EntityPage;
import accounts.store.MembershipPage;
import accounts.store.MembershipQuery;
import accounts.store.ScanPosition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The reads and lists of the service. Futures fail with {@link AccountException}. */
public final class AccountQueries {

  private final EntityReader reader;
  private final AccountStore store;

  public AccountQueries(EntityReader reader, AccountStore store) {
    this.reader = reader;
    this.store = store;
  }

  /**
   * Returns an entity; fails if it does not exist.
   *
   * @param uid what it must have; empty if any will do
   */
  public <E extends Entity> CompletableFuture<ReadResult<E>> get(
      EntityKey<E> key, Optional<Uid> uid, ReadOptions options, CallScope scope) {
    return reader
        .get(key, options, scope)
        .thenApply(result -> {
          requireRevision(key, result.lookup(), options);
          switch (result.lookup()) {
            case Lookup.Absent<E> absent ->
                throw new AccountException(NotFound.of(key, absent.revision()));
            case Lookup.Found<E>(E entity) -> uid.ifPresent(expected -> require(expected, entity));
          }
          return result;
        });
  }

  private static void require(Uid expected, Entity entity) {
    if (!entity.uid().equals(expected)) {
      throw new AccountException(
          new UidMismatch(entity.key(), expected, entity.uid(), entity.revision()));
    }
  }

  /**
   * Returns the answers to several keys, absence included. A key that is given twice is read once.
   */
  public CompletableFuture<ReadResults> lookUp(
      Collection<? extends EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    return reader
        .getAll(List.copyOf(keys), options, scope)
        .thenApply(results -> {
          keys.forEach(key -> requireRevision(key, results.get(key).lookup(), options));
          return results;
        });
  }

  /**
   * Fails if even the store's answer is older than the minimum revision: that revision does not
   * exist yet.
   */
  private static void requireRevision(EntityKey<?> key, Lookup<?> lookup, ReadOptions options) {
    if (lookup.revision().isBefore(options.minRevision())) {
      throw new AccountException(
          InvalidFields.of(
              "min_revision",
              "%s (expected: 0-%s, the current revision of %s)"
                  .formatted(options.minRevision(), lookup.revision(), described(key))));
    }
  }

  private static String described(EntityKey<?> key) {
    return switch (key) {
      case UserKey user -> "user " + user.username();
      case OrganizationKey organization -> "organization " + organization.organization();
      case MembershipKey membership ->
          "the membership of %s in %s".formatted(membership.username(), membership.organization());
    };
  }

  /** Returns a page of memberships; fails if the user or the organization does not exist. */
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
    return store
        .list(query, scope)
        .thenCompose(page ->
            page.memberships().isEmpty()
                ? there(parent(query), scope).thenApply(parent -> page)
                : CompletableFuture.completedFuture(page));
  }

  /** Returns a page of everything; see {@link AccountStore#scan}. */
  public CompletableFuture<EntityPage> listEntities(
      Optional<ScanPosition> after, int limit, CallScope scope) {
    return store.scan(after, limit, scope);
  }

  /**
   * Returns a page of a trail; fails if there is nothing after the query's position and the user or
   * the organization does not exist.
   */
  public CompletableFuture<AuditPage> listChanges(AuditQuery query, CallScope scope) {
    return store
        .listChanges(query, scope)
        .thenCompose(page ->
            page.entries().isEmpty()
                ? there(parent(query), scope).thenApply(parent -> page)
                : CompletableFuture.completedFuture(page));
  }

  /** Returns an entity, from the store; fails if it does not exist. */
  <E extends Entity> CompletableFuture<E> there(EntityKey<E> key, CallScope scope) {
    return store
        .read(List.of(key), scope)
        .thenApply(lookups ->
            switch (lookups.get(key)) {
              case Lookup.Found<E>(E entity) -> entity;
              case Lookup.Absent<E> absent ->
                  throw new AccountException(NotFound.of(key, absent.revision()));
            });
  }

  private static EntityKey<?> parent(MembershipQuery query) {
    return switch (query) {
      case MembershipQuery.OfOrganization q -> new OrganizationKey(q.organization());
      case MembershipQuery.OfUser q -> new UserKey(q.username());
    };
  }

  private static EntityKey<?> parent(AuditQuery query) {
    return switch (query) {
      case AuditQuery.OfOrganization q -> new OrganizationKey(q.organization());
      case AuditQuery.OfUser q -> new UserKey(q.username());
    };
  }
}
