package accounts.bench.harness;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Asks another JVM of this user what its threads have allocated, and how long it has compiled. By
 * the attach mechanism and JMX, as monitoring tools do: the server needs no flag for it.
 */
public final class JvmProbe implements AutoCloseable {

  private static final String THREADS = "java.lang:type=Threading";
  private static final String ALLOCATED = "TotalThreadAllocatedBytes";
  private static final String COMPILATION = "java.lang:type=Compilation";
  private static final String COMPILED = "TotalCompilationTime";

  private final JMXConnector connector;

  private JvmProbe(JMXConnector connector) {
    this.connector = connector;
  }

  /**
   * Attaches to a JVM.
   *
   * @throws IllegalStateException if it does not permit that
   */
  @SuppressWarnings("BanJNDI") // the JVM is one that the bench has started, on this machine
  static JvmProbe attach(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
      try {
        JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
        return new JvmProbe(JMXConnectorFactory.connect(address));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IllegalStateException("process %d: cannot be attached to".formatted(pid), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many bytes the threads of the JVM have allocated since its start. */
  public long allocatedBytes() {
    return attribute(THREADS, ALLOCATED);
  }

  /**
   * Returns how long the JVM's compilers have taken for what they have compiled since its start.
   */
  public Duration compilationTime() {
    return Duration.ofMillis(attribute(COMPILATION, COMPILED));
  }

  private long attribute(String bean, String name) {
    try {
      return (long) connector.getMBeanServerConnection().getAttribute(new ObjectName(bean), name);
    } catch (JMException e) {
      throw new IllegalStateException(name + ": not known to that JVM", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The JVM has ended before.
    }
  }
}
