package accounts.local.momento;

import grpc.cache_client.PingGrpc;
import grpc.cache_client._PingRequest;
import grpc.cache_client._PingResponse;
import io.grpc.stub.StreamObserver;

/** Answers pings. */
final class PingService extends PingGrpc.PingImplBase {

  @Override
  public void ping(_PingRequest request, StreamObserver<_PingResponse> caller) {
    Answer.one(caller, _PingResponse::getDefaultInstance);
  }
}
