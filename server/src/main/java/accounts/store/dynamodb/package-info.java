/**
 * The store in one DynamoDB table, using the AWS SDK's asynchronous client. {@code docs/adr/0002}
 * has the table's design.
 *
 * <p>Thread rule: everything may be used from any thread.
 */
@NullMarked
package accounts.store.dynamodb;

import org.jspecify.annotations.NullMarked;
