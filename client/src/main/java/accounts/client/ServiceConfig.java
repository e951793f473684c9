package accounts.client;

import accounts.v1.AccountServiceGrpc;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The gRPC service config: calls are spread over all instances by round robin, and retried on
 * UNAVAILABLE (gRFC A6). Reads change nothing and writes carry a request id, so both may be
 * repeated. Other codes are retried only when the service sends the delay ({@code
 * grpc-retry-pushback-ms}); so an overloaded service (RESOURCE_EXHAUSTED) gets no retries that it
 * did not ask for.
 */
final class ServiceConfig {

  private static final double READ_ATTEMPTS = 4;
  private static final double WRITE_ATTEMPTS = 5;

  private ServiceConfig() {}

  static Map<String, ?> get() {
    return Map.of(
        "loadBalancingConfig", List.of(Map.of("round_robin", Map.of())),
        "methodConfig",
            List.of(
                method(MethodDescriptor::isSafe, retry(READ_ATTEMPTS, "0.05s", "0.5s")),
                method(m -> !m.isSafe(), retry(WRITE_ATTEMPTS, "0.1s", "1s"))),
        // Retries stop while fewer than half of the tokens are left; ten successes make up for one
        // failure.
        "retryThrottling", Map.of("maxTokens", 100.0, "tokenRatio", 0.1));
  }

  private static Map<String, ?> method(
      Predicate<MethodDescriptor<?, ?>> which, Map<String, ?> retryPolicy) {
    return Map.of("name", names(which), "retryPolicy", retryPolicy);
  }

  private static List<Map<String, String>> names(Predicate<MethodDescriptor<?, ?>> which) {
    return AccountServiceGrpc.getServiceDescriptor().getMethods().stream()
        .filter(which)
        .map(m -> Map.of("service", AccountServiceGrpc.SERVICE_NAME, "method", bareName(m)))
        .toList();
  }

  private static String bareName(MethodDescriptor<?, ?> method) {
    return method.getFullMethodName().substring(AccountServiceGrpc.SERVICE_NAME.length() + 1);
  }

  private static Map<String, ?> retry(double attempts, String first, String longest) {
    return Map.of(
        "maxAttempts", attempts,
        "initialBackoff", first,
        "maxBackoff", longest,
        "backoffMultiplier", 2.0,
        "retryableStatusCodes", List.of("UNAVAILABLE"));
  }
}
