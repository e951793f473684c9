package accounts.local.momento;

import grpc.cache_client.PingGrpc;
import grpc.cache_client._PingRequest;
import grpc.cache_client._PingResponse;
import io.grpc.stub.StreamObserver;

/** Says that it is there. */
final class PingService extends PingGrpc.PingImplBase {

  @Override
  public void ping(_PingRequest request, StreamObserver<_PingResponse> caller) {
    Answer.one(caller, _PingResponse::getDefaultInstance);
  }
}
