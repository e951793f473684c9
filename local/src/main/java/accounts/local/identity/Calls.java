package accounts.local.identity;

import java.nio.file.Path;
import java.util.List;

/** Calls for a shell that work against a server with the files of {@link Identities}. */
public final class Calls {

  private final Path folder;
  private final String address;

  private Calls(Path folder, String address) {
    this.folder = folder;
    this.address = address;
  }

  /**
   * Returns the lines to print: a heading, and calls that work one after the other in the current
   * directory.
   *
   * @param folder where the files are
   * @param address host and port of the server
   */
  public static List<String> of(Path folder, String address) {
    return new Calls(shown(folder.toAbsolutePath()), address).lines();
  }

  private static Path shown(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    return folder.startsWith(here) ? here.relativize(folder) : folder;
  }

  private List<String> lines() {
    return List.of(
        "calls to try when the server is ready, as olivia, as a service and by a certificate that may read:",
        grpcurl(
            "CreateUser",
            "{\"username\":\"olivia\",\"first_name\":\"Olivia\",\"last_name\":\"Ray\"}"),
        grpcurl("GetUser", "{\"username\":\"olivia\"}"),
        command(
            "user create victor Victor Ray", "--token-file %s".formatted(file("service.token"))),
        command(
            "user get victor",
            "--certificate %s --key %s".formatted(file("client.pem"), file("client.key"))));
  }

  private String grpcurl(String method, String request) {
    return "  grpcurl -cacert %s -H \"authorization: Bearer $(cat %s)\" -d '%s' %s accounts.v1.AccountService/%s"
        .formatted(file("ca.pem"), file("olivia.token"), request, address, method);
  }

  private String command(String call, String identity) {
    return "  client/bin/accounts --address %s --ca %s %s %s"
        .formatted(address, file("ca.pem"), identity, call);
  }

  private String file(String name) {
    String path = folder.resolve(name).toString();
    return path.contains(" ") ? "'" + path + "'" : path;
  }
}
