package accounts.client.cli;

import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.Role;
import accounts.v1.UpdateOrganizationRequest;
import accounts.v1.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes organizations and the memberships of users that have a line, sorted by organization, and
 * makes their lines. For one thread.
 */
final class ExportOrganizations {

  private static final String OWNER = Integer.toString(Role.ROLE_OWNER_VALUE);

  private final SortedLines.Sink out;
  private final ExportReads reads;
  private final SortedLines users;
  private final ExportCounts counts;

  /** Of the organization whose records come at present. */
  private String slug = "";

  private String displayName = "";
  private String labels = "";
  private String firstFounder = "";
  private boolean deleting;
  private String founder = "";
  private final List<String> owners = new ArrayList<>();
  private boolean begun;

  /**
   * @param out takes lines of an import
   * @param users takes owners that were read again, whether they have a line or not
   */
  ExportOrganizations(
      SortedLines.Sink out, ExportReads reads, SortedLines users, ExportCounts counts) {
    this.out = out;
    this.reads = reads;
    this.users = users;
    this.counts = counts;
  }

  void take(String line) throws IOException, InterruptedException {
    String[] columns = ExportRecords.columns(line);
    if (!columns[0].equals(slug)) {
      end();
      slug = columns[0];
    }
    if (columns[1].equals(ExportRecords.ITSELF)) {
      deleting = columns[2].equals(ExportRecords.DELETING);
      firstFounder = columns[3];
      displayName = columns[4];
      labels = columns[5];
    } else if (displayName.isEmpty()) {
      counts.leaveOut();
    } else if (columns[1].equals(OWNER)) {
      owners.add(columns[2]);
    } else {
      begin();
      writeMember(columns[2], Role.forNumber(Integer.parseInt(columns[1])));
    }
  }

  /** Ends the organization, if there is one. */
  void end() throws IOException, InterruptedException {
    if (!displayName.isEmpty()) {
      begin();
    }
    slug = "";
    displayName = "";
    founder = "";
    owners.clear();
    begun = false;
  }

  private void begin() throws IOException, InterruptedException {
    if (begun) {
      return;
    }
    begun = true;
    founder = chooseFounder();
    if (founder.isEmpty()) {
      counts.leaveOut();
    } else {
      writeOrganization();
    }
    for (String owner : owners) {
      writeMember(owner, Role.ROLE_OWNER);
    }
  }

  /**
   * Returns who is written as founder, who has to be an owner and to have a line; empty if the
   * organization is left out. No owner at all may have been seen if roles were changed meanwhile.
   */
  private String chooseFounder() throws IOException, InterruptedException {
    if (deleting && !reads.hasOrganization(slug)) {
      return "";
    }
    if (owners.contains(firstFounder)) {
      return firstFounder;
    }
    return owners.isEmpty() ? ownerReadAgain() : owners.get(0);
  }

  private String ownerReadAgain() throws IOException, InterruptedException {
    Optional<User> owner = reads.owner(slug);
    if (owner.isEmpty()) {
      return "";
    }
    users.add(ExportRecords.user(owner.get(), ExportRecords.READ_AGAIN));
    return owner.get().getUsername();
  }

  /** By its slug, which the display name need not have any more. */
  private void writeOrganization() throws IOException, InterruptedException {
    out.take(
        ImportLine.text(
            "organization",
            CreateOrganizationRequest.newBuilder()
                .setOrganizationName(slug)
                .setFoundingUser(founder)
                .putAllLabels(LabelText.parse(labels))
                .build()));
    counts.addOrganization();
    if (!displayName.equals(slug)) {
      out.take(
          ImportLine.text(
              "display_name",
              UpdateOrganizationRequest.newBuilder()
                  .setOrganizationName(slug)
                  .setDisplayName(displayName)
                  .setActingUser(founder)
                  .build()));
    }
  }

  private void writeMember(String username, Role role) throws IOException, InterruptedException {
    if (founder.isEmpty()) {
      counts.leaveOut();
      return;
    }
    if (username.equals(founder)) {
      return; // a member by the organization's own line, whatever the role was
    }
    out.take(
        ImportLine.text(
            "membership",
            AddUserToOrganizationRequest.newBuilder()
                .setOrganizationName(slug)
                .setMemberUsername(username)
                .setRole(role)
                .setAddingUser(founder)
                .build()));
    counts.addMembership();
  }
}
