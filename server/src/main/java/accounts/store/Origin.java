package accounts.store;

import accounts.domain.RequestId;
import accounts.domain.Username;
import java.util.Optional;

/**
 * The origin of a change: who asked for it.
 *
 * @param caller the name by which the caller proved who it is; empty where nobody asks
 * @param actingUser the user as whom the change is made; empty if there is none yet
 * @param requestId the caller's idempotency key; empty if it gave none
 */
public record Origin(
    Optional<String> caller, Optional<Username> actingUser, Optional<RequestId> requestId) {}
