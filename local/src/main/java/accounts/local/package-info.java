/**
 * The two backends of Accounts on one machine: DynamoDB Local and a cache that implements Momento's
 * protocol. Everything public here may be used from any thread unless it says otherwise.
 */
@NullMarked
package accounts.local;

import org.jspecify.annotations.NullMarked;
