package accounts.client;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Guards the methods of another service's gRPC server by a table: a call reaches its handler only
 * when {@code CheckAccess} has said that its user has the role that the table requires, in the
 * organization that its request names.
 *
 * <p>It fails closed. A method that is not in the table, a role that is missing and an organization
 * name that is none are {@code PERMISSION_DENIED}; a call without a user is {@code
 * UNAUTHENTICATED}; a check that got no answer, for whatever reason, is {@code UNAVAILABLE}.
 *
 * <p>It does not find out who calls: that takes an interceptor before this one, whose result {@link
 * CallUser} reads. Checks are part of the call that they are made for: they end at its deadline,
 * and when it is cancelled. Immutable.
 */
public final class AccessGuard implements ServerInterceptor {

  /** Says on whose behalf a call is made. */
  public interface CallUser {

    /**
     * Returns the username; empty if the call has none. Must not block. The context of the call is
     * current.
     */
    Optional<String> of(ServerCall<?, ?> call, Metadata headers);
  }

  /**
   * What a method takes.
   *
   * @param organization reads the organization's name from a request
   */
  record Rule(Role role, Function<Object, String> organization) {}

  private final AccountsClient accounts;
  private final CallUser user;
  private final Executor executor;
  private final ReadOption[] options;

  /** By full method name; empty for methods that anybody may call. */
  private final Map<String, Optional<Rule>> table;

  private AccessGuard(Builder builder) {
    this.accounts = builder.accounts;
    this.user = builder.user;
    this.executor = builder.executor;
    this.options = builder.options;
    this.table = Map.copyOf(builder.table);
  }

  /**
   * Returns a builder of a guard whose table is empty, which refuses every call.
   *
   * @param accounts makes the checks; stays open
   * @param executor runs the handlers of guarded calls after their checks; as a rule the server's
   *     own. Handlers may block it as they may block the server's
   */
  public static Builder builder(AccountsClient accounts, CallUser user, Executor executor) {
    return new Builder(accounts, user, executor);
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    Optional<Rule> rule = table.get(method);
    if (rule == null) {
      return refused(call, Status.PERMISSION_DENIED, method + " is not in the table of the guard");
    }
    if (rule.isEmpty()) {
      return next.startCall(call, headers);
    }
    Optional<String> username = user.of(call, headers);
    if (username.isEmpty()) {
      return refused(call, Status.UNAUTHENTICATED, method + " takes a user");
    }
    return new GuardedCall<>(
        call, headers, next, executor, request -> check(rule.get(), username.get(), request));
  }

  /** Not mapped any further, which would wrap its failures. */
  private CompletableFuture<ReadResult<AccessDecision>> check(
      Rule rule, String username, Object request) {
    return accounts.checkAccess(rule.organization().apply(request), username, rule.role(), options);
  }

  private static <Q> ServerCall.Listener<Q> refused(
      ServerCall<Q, ?> call, Status status, String why) {
    call.close(status.withDescription(why), new Metadata());
    return new ServerCall.Listener<>() {};
  }

  /** Builds a guard. Not thread-safe. */
  public static final class Builder {

    private final AccountsClient accounts;
    private final CallUser user;
    private final Executor executor;
    private final Map<String, Optional<Rule>> table = new HashMap<>();
    private ReadOption[] options = {};

    private Builder(AccountsClient accounts, CallUser user, Executor executor) {
      this.accounts = accounts;
      this.user = user;
      this.executor = executor;
    }

    /**
     * Lets users call a method who have at least this role in the organization that its request
     * names.
     *
     * @param method with a single request message, since an organization that a later message names
     *     would not be checked
     * @param organization reads the organization's name from a request; must not block
     * @throws IllegalArgumentException if the method takes a stream of requests, or is in the table
     *     already
     */
    @SuppressWarnings("unchecked") // the server parses requests of a method into its request type
    public <Q> Builder require(
        MethodDescriptor<Q, ?> method, Role role, Function<Q, String> organization) {
      if (!method.getType().clientSendsOneMessage()) {
        throw new IllegalArgumentException(
            method.getFullMethodName() + ": " + method.getType() + " (expected: a single request)");
      }
      Function<Object, String> reader = request -> organization.apply((Q) request);
      return put(method, Optional.of(new Rule(role, reader)));
    }

    /**
     * Lets anybody call a method, users or not.
     *
     * @throws IllegalArgumentException if the method is in the table already
     */
    public Builder open(MethodDescriptor<?, ?> method) {
      return put(method, Optional.empty());
    }

    /** A later rule does not replace an earlier one: that would open a method by mistake. */
    private Builder put(MethodDescriptor<?, ?> method, Optional<Rule> rule) {
      String name = method.getFullMethodName();
      if (table.putIfAbsent(name, rule) != null) {
        throw new IllegalArgumentException(
            name + ": in the table already (expected: each method once)");
      }
      return this;
    }

    /**
     * Lets anybody call all methods of a service, such as health.
     *
     * @throws IllegalArgumentException if one of them is in the table already
     */
    public Builder open(ServiceDescriptor service) {
      service.getMethods().forEach(this::open);
      return this;
    }

    /** Sets the options of the checks: consistency, deadline. Without any they are fresh. */
    public Builder options(ReadOption... given) {
      this.options = given.clone();
      return this;
    }

    /** Returns the guard, which later changes of this builder do not affect. */
    public AccessGuard build() {
      return new AccessGuard(this);
    }
  }
}
