package accounts.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * All that a table holds, read behind the server's back.
 *
 * @param users revision by username
 * @param ownerCounts number of owners that is kept with each organization
 * @param members by the partitions of organizations, without those removed
 * @param mirrors the same by the partitions of users
 * @param removals revision by {@code organization/username}
 */
record TableContents(
    Map<String, Long> users,
    Map<String, Integer> ownerCounts,
    Set<Member> members,
    Set<Member> mirrors,
    Map<String, Long> removals) {

  /** A membership as one of its two copies has it. */
  record Member(String organization, String username, String role, long revision) {}

  static TableContents of(TestBackends backends) {
    TableContents contents =
        new TableContents(
            new HashMap<>(), new HashMap<>(), new HashSet<>(), new HashSet<>(), new HashMap<>());
    items(backends).forEach(contents::add);
    return contents;
  }

  /** Returns every item as it is. */
  static List<Map<String, AttributeValue>> items(TestBackends backends) {
    ScanRequest scan =
        ScanRequest.builder().tableName(backends.table()).consistentRead(true).build();
    List<Map<String, AttributeValue>> items = new java.util.ArrayList<>();
    backends.client().scanPaginator(scan).items().subscribe(items::add).join();
    return items;
  }

  private void add(Map<String, AttributeValue> item) {
    String partition = text(item, "PK");
    if (!partition.contains("#") || isDeleted(partition, item)) {
      return;
    }
    switch (partition.substring(0, partition.indexOf('#'))) {
      case "USER" -> users.put(text(item, "username"), revision(item));
      case "ORG" ->
          ownerCounts.put(
              text(item, "organizationName"), Integer.valueOf(attribute(item, "owners").n()));
      case "ORGMEMBERS" -> {
        if (item.containsKey("removed")) {
          removals.put(
              text(item, "organizationName") + "/" + text(item, "username"), revision(item));
        } else {
          members.add(member(item));
        }
      }
      case "USERORGS" -> mirrors.add(member(item));
      default -> {}
    }
  }

  /** What is left of a user or an organization says nothing but its revision. */
  private static boolean isDeleted(String partition, Map<String, AttributeValue> item) {
    return item.containsKey("removed") && !partition.startsWith("ORGMEMBERS#");
  }

  private static Member member(Map<String, AttributeValue> item) {
    return new Member(
        text(item, "organizationName"), text(item, "username"), text(item, "role"), revision(item));
  }

  private static long revision(Map<String, AttributeValue> item) {
    return Long.parseLong(attribute(item, "revision").n());
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return attribute(item, name).s();
  }

  private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new AssertionError("no " + name + " in " + item);
    }
    return value;
  }
}
