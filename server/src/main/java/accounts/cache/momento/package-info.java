/**
 * The cache in Momento, through Momento's SDK.
 *
 * <p>Thread rule: everything may be used from any thread; futures complete on the SDK's gRPC
 * threads.
 */
@NullMarked
package accounts.cache.momento;

import org.jspecify.annotations.NullMarked;
