package accounts.client.cli;

import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.Role;
import accounts.v1.UpdateOrganizationRequest;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes the lines of an export of {@link ExportRecords}, which come sorted. For one thread. */
final class ExportWriter {

  private static final String OWNER = Integer.toString(Role.ROLE_OWNER_VALUE);

  private final Writer out;
  private final Set<String> deletedUsers;

  /** Of the organization whose records come at present. */
  private String slug = "";

  private String displayName = "";
  private String firstFounder = "";
  private String founder = "";
  private final List<String> owners = new ArrayList<>();
  private boolean begun;

  private long users;
  private long suspended;
  private long organizations;
  private long memberships;
  private long leftOut;

  /**
   * @param deletedUsers whose memberships are left out
   */
  ExportWriter(Writer out, Set<String> deletedUsers) {
    this.out = out;
    this.deletedUsers = deletedUsers;
  }

  void take(String line) throws IOException {
    String[] columns = line.split("\t", -1);
    switch (columns[0]) {
      case ExportRecords.USER -> {
        write(columns[2]);
        users++;
      }
      case ExportRecords.SUSPENSION -> {
        end();
        write(columns[2]);
        suspended++;
      }
      default -> takeOrganization(columns);
    }
  }

  private void takeOrganization(String[] columns) throws IOException {
    if (!columns[1].equals(slug)) {
      end();
      slug = columns[1];
    }
    String kind = columns[2];
    if (kind.equals(ExportRecords.ITSELF)) {
      firstFounder = columns[3];
      displayName = columns[4];
    } else if (displayName.isEmpty() || deletedUsers.contains(columns[3])) {
      leftOut++;
    } else if (kind.equals(OWNER)) {
      owners.add(columns[3]);
    } else {
      begin();
      writeMember(columns[3], Role.forNumber(Integer.parseInt(kind)));
    }
  }

  /** Whoever is written as founder has to be an owner, and there: the first one may be neither. */
  private void begin() throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    if (owners.isEmpty()) {
      leftOut++;
      return;
    }
    founder = owners.contains(firstFounder) ? firstFounder : owners.get(0);
    writeOrganization();
    for (String owner : owners) {
      if (!owner.equals(founder)) {
        writeMember(owner, Role.ROLE_OWNER);
      }
    }
  }

  /** By its slug, which the display name need not have any more. */
  private void writeOrganization() throws IOException {
    write(
        ImportLine.text(
            "organization",
            CreateOrganizationRequest.newBuilder()
                .setOrganizationName(slug)
                .setFoundingUser(founder)
                .build()));
    organizations++;
    memberships++;
    if (!displayName.equals(slug)) {
      write(
          ImportLine.text(
              "display_name",
              UpdateOrganizationRequest.newBuilder()
                  .setOrganizationName(slug)
                  .setDisplayName(displayName)
                  .setActingUser(founder)
                  .build()));
    }
  }

  private void writeMember(String username, Role role) throws IOException {
    if (founder.isEmpty()) {
      leftOut++;
      return;
    }
    write(
        ImportLine.text(
            "membership",
            AddUserToOrganizationRequest.newBuilder()
                .setOrganizationName(slug)
                .setMemberUsername(username)
                .setRole(role)
                .setAddingUser(founder)
                .build()));
    memberships++;
  }

  /** Ends the organization, if there is one. */
  void end() throws IOException {
    if (!displayName.isEmpty()) {
      begin();
    }
    slug = "";
    displayName = "";
    firstFounder = "";
    founder = "";
    owners.clear();
    begun = false;
  }

  private void write(String line) throws IOException {
    out.write(line);
    out.write('\n');
  }

  /**
   * Returns what was written.
   *
   * @param before how many were left out before
   * @param token of a watch from which on changes are to be applied to it
   */
  ExportSummary summary(long before, String token) {
    return new ExportSummary(users, suspended, organizations, memberships, before + leftOut, token);
  }
}
