package accounts.local.momento;

import com.google.protobuf.ByteString;
import grpc.cache_client.ECacheResult;
import grpc.cache_client._DictionaryFetchRequest;
import grpc.cache_client._DictionaryFetchResponse;
import grpc.cache_client._DictionaryFieldValuePair;
import grpc.cache_client._DictionaryGetRequest;
import grpc.cache_client._DictionaryGetResponse;
import grpc.cache_client._DictionaryGetResponse._DictionaryGetResponsePart;
import grpc.cache_client._DictionaryLengthRequest;
import grpc.cache_client._DictionaryLengthResponse;
import org.jspecify.annotations.Nullable;

/** Reads of dictionaries: some fields, all fields, or their number. */
final class DictionaryReads {

  private DictionaryReads() {}

  static _DictionaryGetResponse get(CacheView view, _DictionaryGetRequest request) {
    @Nullable Dictionary dictionary = Dictionary.of(view.read(request.getDictionaryName()));
    _DictionaryGetResponse.Builder answer = _DictionaryGetResponse.newBuilder();
    if (dictionary == null) {
      return answer.setMissing(_DictionaryGetResponse._Missing.getDefaultInstance()).build();
    }
    // Also if no fields are given: SDKs take an answer that is neither found nor missing for a
    // miss.
    _DictionaryGetResponse._Found.Builder found = answer.getFoundBuilder();
    request.getFieldsList().forEach(name -> found.addItems(part(dictionary.fields().get(name))));
    return answer.build();
  }

  private static _DictionaryGetResponsePart part(@Nullable ByteString value) {
    _DictionaryGetResponsePart.Builder part = _DictionaryGetResponsePart.newBuilder();
    return value == null
        ? part.setResult(ECacheResult.Miss).build()
        : part.setResult(ECacheResult.Hit).setCacheBody(value).build();
  }

  static _DictionaryFetchResponse fetch(CacheView view, _DictionaryFetchRequest request) {
    @Nullable Dictionary dictionary = Dictionary.of(view.read(request.getDictionaryName()));
    _DictionaryFetchResponse.Builder answer = _DictionaryFetchResponse.newBuilder();
    if (dictionary == null) {
      return answer.setMissing(_DictionaryFetchResponse._Missing.getDefaultInstance()).build();
    }
    dictionary
        .fields()
        .forEach((field, value) -> answer.getFoundBuilder().addItems(pair(field, value)));
    return answer.build();
  }

  private static _DictionaryFieldValuePair pair(ByteString field, ByteString value) {
    return _DictionaryFieldValuePair.newBuilder().setField(field).setValue(value).build();
  }

  static _DictionaryLengthResponse length(CacheView view, _DictionaryLengthRequest request) {
    @Nullable Dictionary dictionary = Dictionary.of(view.read(request.getDictionaryName()));
    _DictionaryLengthResponse.Builder answer = _DictionaryLengthResponse.newBuilder();
    if (dictionary == null) {
      return answer.setMissing(_DictionaryLengthResponse._Missing.getDefaultInstance()).build();
    }
    answer.getFoundBuilder().setLength(dictionary.fields().size());
    return answer.build();
  }
}
