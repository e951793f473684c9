package accounts.grpc;

import accounts.v1.GetUserRequest;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;

/**
 * Measures what checking a {@link GetUserRequest} costs by the contract's rules and by the server's
 * own reading; {@code docs/adr/0004} cites it. Prints one line.
 */
final class ValidationCost {

  private static final int WARM_UP_ROUNDS = 5;
  private static final int ROUNDS = 9;
  private static final int CALLS = 100_000;

  private static final GetUserRequest REQUEST =
      GetUserRequest.newBuilder().setUsername("olivia.ray@example.com").build();

  private ValidationCost() {}

  /** One check of the request. */
  private interface Check {
    boolean accepts(GetUserRequest request) throws ValidationException;
  }

  public static void main(String[] args) throws ValidationException {
    Validator contract = ValidatorFactory.newBuilder().build();
    double byContract = nanos(request -> contract.validate(request).isSuccess());
    double own =
        nanos(request -> QueryRequests.parse(request).options().minRevision().value() == 0);
    System.out.printf(
        "GetUserRequest: protovalidate %.0f ns, own parsing %.0f ns, ratio %.0f%n",
        byContract, own, byContract / own);
  }

  /** Returns the nanoseconds of one check in the fastest round. */
  private static double nanos(Check check) throws ValidationException {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      long took = round(check);
      best = round < WARM_UP_ROUNDS ? best : Math.min(best, took);
    }
    return (double) best / CALLS;
  }

  private static long round(Check check) throws ValidationException {
    int accepted = 0;
    long begin = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      accepted += check.accepts(REQUEST) ? 1 : 0;
    }
    long took = System.nanoTime() - begin;
    if (accepted != CALLS) {
      throw new IllegalStateException("a valid request was refused");
    }
    return took;
  }
}
