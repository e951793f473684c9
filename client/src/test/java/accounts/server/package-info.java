/** The real service inside of a test's JVM, built as {@code Main} builds it. */
@NullMarked
package accounts.server;

import org.jspecify.annotations.NullMarked;
