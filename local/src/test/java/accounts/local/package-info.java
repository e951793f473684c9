/** Tests of the local backends: through the real SDKs, over real connections. */
@NullMarked
package accounts.local;

import org.jspecify.annotations.NullMarked;
