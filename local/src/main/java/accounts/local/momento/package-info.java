/**
 * Momento's gRPC services over a store in this process's memory: caches, scalars, dictionaries,
 * topics. Handlers run on the transport's threads and never block; each key changes atomically.
 */
@NullMarked
package accounts.local.momento;

import org.jspecify.annotations.NullMarked;
