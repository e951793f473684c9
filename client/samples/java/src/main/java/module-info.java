/** A program that uses Accounts, as a module. */
module sample {
  requires accounts.client;
}
