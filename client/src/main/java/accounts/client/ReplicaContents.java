package accounts.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An organization and its members, put together by revisions from lists, reads and changes, in
 * whatever order these come. Written by one thread at a time, read by any.
 */
final class ReplicaContents {

  private final Map<String, ReplicaMember> members = new ConcurrentHashMap<>();

  /** What a list that is older must not bring back; only while loading. */
  private final Map<String, Long> removals = new HashMap<>();

  private final int maxMembers;
  private volatile Optional<Organization> organization = Optional.empty();
  private long organizationRevision;
  private boolean organizationExists;
  private boolean loaded;
  private boolean needsReload;

  ReplicaContents(int maxMembers) {
    this.maxMembers = maxMembers;
  }

  List<ReplicaMember> members() {
    return List.copyOf(members.values());
  }

  Optional<Role> role(String username) {
    return Optional.ofNullable(members.get(username)).map(ReplicaMember::role);
  }

  /** Returns the organization as it was read last; empty if there is none. */
  Optional<Organization> organization() {
    return organization;
  }

  /** Merges a page of a list that was asked for after the first response of the watch. */
  void listed(Collection<Membership> page) {
    for (Membership m : page) {
      put(new ReplicaMember(m.username(), m.role(), m.revision()));
    }
  }

  /** Returns whether the change of a membership is news. */
  boolean applyToMember(Change change) {
    String username = change.username().orElse("");
    if (change.action() == ChangeAction.ERASED) {
      needsReload |= !loaded;
      return members.remove(username) != null;
    }
    if (isByHand(change)) {
      needsReload = true;
      return false;
    }
    return change.role().isPresent()
        ? put(new ReplicaMember(username, change.role().get(), change.revision()))
        : remove(username, change.revision());
  }

  private boolean put(ReplicaMember member) {
    if (member.revision() <= revision(member.username())) {
      return false;
    }
    removals.remove(member.username());
    members.put(member.username(), member);
    return true;
  }

  private boolean remove(String username, long revision) {
    if (revision <= revision(username)) {
      return false;
    }
    if (!loaded) {
      removals.put(username, revision);
      needsReload |= removals.size() > maxMembers;
    }
    return members.remove(username) != null;
  }

  private long revision(String username) {
    ReplicaMember member = members.get(username);
    return member != null ? member.revision() : removals.getOrDefault(username, 0L);
  }

  /** Returns whether the change of the organization is news. */
  boolean applyToOrganization(Change change) {
    if (change.action() == ChangeAction.ERASED || isByHand(change)) {
      needsReload = true; // a read that is on its way may bring back what is gone
      return false;
    }
    if (change.revision() <= organizationRevision) {
      return false;
    }
    organizationRevision = change.revision();
    organizationExists = change.action() != ChangeAction.REMOVED;
    if (!organizationExists) {
      organization = Optional.empty();
    }
    return true;
  }

  /** Merges the answer of a read, and returns whether it is news. */
  boolean read(Organization answer) {
    if (answer.revision() < organizationRevision) {
      return false;
    }
    organizationRevision = answer.revision();
    organizationExists = true;
    boolean news = !organization.equals(Optional.of(answer));
    organization = Optional.of(answer);
    return news;
  }

  /**
   * Merges the answer that there is no organization.
   *
   * @param revision of its removal; 0 if it never was
   */
  void absent(long revision) {
    if (revision >= organizationRevision) {
      organizationRevision = revision;
      organizationExists = false;
      organization = Optional.empty();
    }
  }

  /**
   * Returns the revision of the organization that has to be read; 0 if there is nothing to read.
   */
  long unreadRevision() {
    boolean read = organization.map(Organization::revision).orElse(0L) >= organizationRevision;
    return organizationExists && !read ? organizationRevision : 0;
  }

  /** All pages were merged. */
  void complete() {
    loaded = true;
    removals.clear();
  }

  /** Returns whether it has to be loaded anew, as revisions alone no longer tell what is right. */
  boolean needsReload() {
    return needsReload;
  }

  boolean isTooLarge() {
    return members.size() > maxMembers;
  }

  /** Of which the service knows that it was changed, and not to what: it has to be read. */
  private static boolean isByHand(Change change) {
    return change.revision() == 0;
  }
}
