package accounts.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Checks whether ports are free. */
final class PortProbe {

  private PortProbe() {}

  /**
   * Returns the port if it is free now, or any free port for 0.
   *
   * @param port the wanted port; 0 for any
   * @param option the command-line option, for the failure
   * @throws StartFailure if it is in use
   */
  static int free(String host, int port, String option) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw StartFailure.portTaken(port, option, e);
    }
  }
}
