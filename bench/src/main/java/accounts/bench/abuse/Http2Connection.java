package accounts.bench.abuse;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A plaintext HTTP/2 connection (RFC 9113) that does what it is told, allowed or not. One thread
 * writes; a thread of its own reads, unless it is told not to.
 */
final class Http2Connection implements AutoCloseable {

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int CONNECT_MILLIS = 5000;
  private static final int FIRST_WINDOW = 65_535;
  private static final int FRAME_BYTES = 16_384;
  private static final int MANY = 1 << 30;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int CANCEL = 8;

  private final Socket socket = new Socket();
  private final OutputStream out;
  private final Semaphore window = new Semaphore(FIRST_WINDOW);
  private final AtomicInteger nextStream = new AtomicInteger(1);
  private final AtomicBoolean goneAway = new AtomicBoolean();
  private final LongAdder resets = new LongAdder();
  private volatile boolean ended;

  private Http2Connection(String address, boolean reads) throws IOException {
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    socket.connect(new InetSocketAddress(address.substring(0, colon), port), CONNECT_MILLIS);
    socket.setTcpNoDelay(true);
    this.out = socket.getOutputStream();
    out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
    if (reads) {
      Thread.ofVirtual().start(this::read);
    }
  }

  /** Connects; what the server sends is read and, apart from its windows, ignored. */
  static Http2Connection open(String address) throws IOException {
    return new Http2Connection(address, true);
  }

  /** Connects, and never reads. */
  static Http2Connection openDeaf(String address) throws IOException {
    return new Http2Connection(address, false);
  }

  /** Returns whether the server has sent GOAWAY, or the connection has ended. */
  boolean isOver() {
    return ended || goneAway.get();
  }

  /** Returns whether the server has closed the connection. */
  boolean isClosed() {
    return ended;
  }

  /** Returns whether the server has sent GOAWAY. */
  boolean isGoneAway() {
    return goneAway.get();
  }

  /** Returns how many streams the server has reset. */
  long resets() {
    return resets.sum();
  }

  /** Starts a call; returns its stream. */
  int call(String method) throws IOException {
    int stream = nextStream.getAndAdd(2);
    frame(HEADERS, END_HEADERS, stream, headers("/accounts.v1.AccountService/" + method));
    return stream;
  }

  /** Sends the whole message of a call, and ends the request. */
  void message(int stream, byte[] message) throws IOException {
    data(stream, prefixed(message.length, message), END_STREAM);
  }

  /** Sends the beginning of a message that is said to be of this length. */
  void unfinished(int stream, int length, byte[] beginning) throws IOException {
    data(stream, prefixed(length, beginning), 0);
  }

  /** Sends more of a message. */
  void more(int stream, byte[] bytes) throws IOException {
    data(stream, bytes, 0);
  }

  void reset(int stream) throws IOException {
    frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
  }

  void ping() throws IOException {
    frame(PING, 0, 0, new byte[8]);
  }

  void settings() throws IOException {
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  private static byte[] prefixed(int length, byte[] bytes) {
    return ByteBuffer.allocate(5 + bytes.length).put((byte) 0).putInt(length).put(bytes).array();
  }

  /** Sends as much as the connection's window allows; waits for more of it for a second. */
  private void data(int stream, byte[] bytes, int flags) throws IOException {
    for (int from = 0; from < bytes.length; from += FRAME_BYTES) {
      int length = Math.min(FRAME_BYTES, bytes.length - from);
      if (!hasWindow(length)) {
        throw new IOException("the server gives no more window");
      }
      byte[] part = new byte[length];
      System.arraycopy(bytes, from, part, 0, length);
      frame(DATA, from + length == bytes.length ? flags : 0, stream, part);
    }
  }

  private boolean hasWindow(int bytes) throws IOException {
    try {
      return window.tryAcquire(bytes, 1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Header fields in HPACK (RFC 7541) without compression: static names, literal values. */
  private static byte[] headers(String path) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x83); // :method POST
    block.write(0x86); // :scheme http
    literal(block, 0x04, path); // :path
    literal(block, 0x01, "accounts"); // :authority
    block.write(0x0f); // content-type, the 31st of the static table
    literal(block, 0x10, "application/grpc");
    block.write(0x00); // a new name
    text(block, "te");
    text(block, "trailers");
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, int name, String value) {
    block.write(name);
    text(block, value);
  }

  /** For texts of less than 127 bytes. */
  private static void text(ByteArrayOutputStream block, String text) {
    block.write(text.length());
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private synchronized void frame(int type, int flags, int stream, byte[] payload)
      throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    out.write(frame.array());
  }

  private void read() {
    try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        received(type, flags, stream, in.readNBytes(length));
      }
    } catch (IOException e) {
      ended = true;
    }
  }

  private void received(int type, int flags, int stream, byte[] payload) throws IOException {
    switch (type) {
      case DATA -> widen(payload.length);
      case RST_STREAM -> resets.increment();
      case GOAWAY -> goneAway.set(true);
      case SETTINGS -> {
        if ((flags & ACK) == 0) {
          frame(SETTINGS, ACK, 0, new byte[0]);
        }
      }
      case PING -> {
        if ((flags & ACK) == 0) {
          frame(PING, ACK, 0, payload);
        }
      }
      case WINDOW_UPDATE -> {
        if (stream == 0) {
          window.release(Math.min(MANY, ByteBuffer.wrap(payload).getInt()));
        }
      }
      default -> {}
    }
  }

  /** Lets the server send on. */
  private void widen(int bytes) throws IOException {
    if (bytes > 0) {
      frame(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(bytes).array());
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      ended = true;
    }
  }
}
