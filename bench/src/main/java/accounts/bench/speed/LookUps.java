package accounts.bench.speed;

import accounts.bench.freshness.Instance;
import accounts.bench.harness.BackendsProcess;
import accounts.bench.load.Population;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.GetMembershipRequest;
import accounts.v1.Role;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Whether {@code AddUserToOrganization} makes its look-ups at the same time: how much longer it
 * takes when each get of the cache is late by a delay, in delays. For one thread.
 *
 * @param subject the service
 * @param users 61 or more, of whom the first adds the others
 */
record LookUps(Subject subject, BackendsProcess backends, Population users) {

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration DELAY = Duration.ofMillis(40);
  private static final String ORGANIZATION = "look-ups";
  private static final int CALLS = 30;

  /** Returns the number of round trips to the cache that a call waits for before it commits. */
  double roundTrips() {
    try (Instance instance = Instance.connect("look-ups", subject.address())) {
      var unused =
          instance
              .stub(DEADLINE)
              .createOrganization(
                  CreateOrganizationRequest.newBuilder()
                      .setOrganizationName(ORGANIZATION)
                      .setFoundingUser(users.at(0))
                      .build());
      for (int i = 1; i <= 2 * CALLS; i++) {
        cache(instance, users.at(i));
      }
      double plain = median(instance, 1);
      backends.control(
          "POST", "/faults", "delay rpc=Get,GetBatch delay=" + DELAY.toMillis() + "ms");
      double delayed = median(instance, 1 + CALLS);
      backends.control("DELETE", "/faults", "");
      return (delayed - plain) / DELAY.toNanos();
    }
  }

  /** Has it cached that somebody is no member, so that adding it finds a cell to step. */
  private static void cache(Instance instance, String username) {
    GetMembershipRequest request =
        GetMembershipRequest.newBuilder()
            .setOrganizationName(ORGANIZATION)
            .setUsername(username)
            .build();
    try {
      var unused = instance.stub(DEADLINE).getMembership(request);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
        throw e;
      }
    }
  }

  private double median(Instance instance, int first) {
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      AddUserToOrganizationRequest request =
          AddUserToOrganizationRequest.newBuilder()
              .setOrganizationName(ORGANIZATION)
              .setAddingUser(users.at(0))
              .setMemberUsername(users.at(first + i))
              .setRole(Role.ROLE_MEMBER)
              .build();
      long began = System.nanoTime();
      var unused = instance.stub(DEADLINE).addUserToOrganization(request);
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    return nanos[CALLS / 2];
  }
}
