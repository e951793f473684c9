package sample;

import accounts.client.AccountsClient;
import accounts.client.Deadline;
import java.nio.file.Path;
import java.time.Duration;

/** Prints a user's role in an organization: TARGET CA TOKEN-FILE ORGANIZATION USERNAME. */
public final class Membership {

  private Membership() {}

  /** Prints the role, or NONE for somebody who is no member. */
  public static void main(String[] args) {
    try (AccountsClient accounts = // closed at the end of the process, not after each call
        AccountsClient.builder(args[0])
            .trust(Path.of(args[1]))
            .tokenFile(Path.of(args[2]))
            .build()) {
      System.out.println(role(accounts, args[3], args[4]));
    }
  }

  /** Returns the name of the user's role in the organization. */
  static String role(AccountsClient accounts, String organization, String username) {
    return accounts
        .blocking()
        // The default is a second; the first call of a process has to connect, too.
        .findMembership(organization, username, Deadline.after(Duration.ofSeconds(10)))
        .map(membership -> membership.role().name())
        .orElse("NONE");
  }
}
