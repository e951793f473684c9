package accounts.service;

import accounts.store.DirectoryRound;

/** Is told what the search for users and organizations that no list has does here. */
public interface DirectoryObserver {

  /** The search was seen to be there, by its note or since it was brought there. */
  void seen(DirectoryRound round);

  /** A step of the search was made here. */
  void stepped();

  /** An account was entered in the directory here. */
  void entered();
}
