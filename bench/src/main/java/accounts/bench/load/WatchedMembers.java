package accounts.bench.load;

import accounts.client.AccountsClient;
import accounts.client.Consistency;
import accounts.client.Membership;
import accounts.client.MembershipKey;
import accounts.client.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Organizations whose members change their roles for those who watch.
 *
 * @param keys of all members but the owners, all at their first revision
 */
record WatchedMembers(List<MembershipKey> keys) {

  static final String OWNER = "watched-owner";
  private static final int BATCH = 100;

  /** Creates them. */
  static WatchedMembers create(AccountsClient client, int organizations, int members) {
    client.createUser(OWNER, "Olivia", "Park").join();
    List<MembershipKey> keys = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      client.createUser(member(i), "Marc", "Lee").join();
    }
    for (int i = 0; i < organizations; i++) {
      String organization = organization(i);
      client.createOrganization(organization, OWNER).join();
      for (int j = 0; j < members; j++) {
        client.addUserToOrganization(organization, member(j), Role.MEMBER, OWNER).join();
        keys.add(new MembershipKey(organization, member(j)));
      }
    }
    return new WatchedMembers(List.copyOf(keys));
  }

  static String organization(int number) {
    return "watched-" + number;
  }

  static String member(int number) {
    return "watched-member-" + number;
  }

  /** Returns whose role a change is of. */
  MembershipKey key(long number) {
    return keys.get((int) (number % keys.size()));
  }

  /** Changes a role, in turn to another one. */
  CompletableFuture<Membership> change(AccountsClient client, long number) {
    MembershipKey key = key(number);
    Role role = number / keys.size() % 2 == 0 ? Role.ADMIN : Role.MEMBER;
    return client.changeMemberRole(key.organizationName(), key.username(), role, OWNER);
  }

  /** Returns the revision of each, as DynamoDB has it. */
  Map<MembershipKey, Long> revisions(AccountsClient client) {
    Map<MembershipKey, Long> revisions = new HashMap<>();
    for (int from = 0; from < keys.size(); from += BATCH) {
      List<MembershipKey> part = keys.subList(from, Math.min(keys.size(), from + BATCH));
      client
          .batchGetMemberships(part, Consistency.STORE)
          .join()
          .value()
          .forEach(lookup -> revisions.put(lookup.key(), lookup.value().orElseThrow().revision()));
    }
    return revisions;
  }
}
