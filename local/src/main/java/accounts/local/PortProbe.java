package accounts.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds out whether a port can be listened on. */
final class PortProbe {

  private PortProbe() {}

  /**
   * Returns a port that is free at this moment.
   *
   * @param port the one wanted; 0 for any
   * @param option names the port in the failure
   * @throws StartFailure if it is taken
   */
  static int free(String host, int port, String option) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw StartFailure.portTaken(port, option, e);
    }
  }
}
