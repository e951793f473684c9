package accounts.client.cli;

/**
 * A position after a line of a file.
 *
 * @param line the number of that line, from 1 on; 0 at the beginning of the file
 * @param position in bytes
 * @param digest SHA-256 of everything before it, in hexadecimal
 */
record FileMark(long line, long position, String digest) {}
