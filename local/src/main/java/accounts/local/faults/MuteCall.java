package accounts.local.faults;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;

/** A call whose answers are dropped. */
final class MuteCall<Q, A> extends ServerCall<Q, A> {

  private final MethodDescriptor<Q, A> method;
  private final Attributes attributes;

  /** Creates a call that has the same properties for its handler as {@code original}. */
  MuteCall(ServerCall<Q, A> original) {
    this.method = original.getMethodDescriptor();
    this.attributes = original.getAttributes();
  }

  @Override
  public void request(int messages) {}

  @Override
  public void sendHeaders(Metadata headers) {}

  @Override
  public void sendMessage(A message) {}

  @Override
  public void close(Status status, Metadata trailers) {}

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public MethodDescriptor<Q, A> getMethodDescriptor() {
    return method;
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }
}
