/** Tests of the command: what it prints, and its exit codes. */
@NullMarked
package accounts.client.cli;

import org.jspecify.annotations.NullMarked;
