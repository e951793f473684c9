package accounts.store;

final class InMemoryInvitationStoreTest extends InvitationStoreContract {

  private final InMemoryAccountStore store = new InMemoryAccountStore();

  @Override
  protected InvitationStore invitations() {
    return store;
  }

  @Override
  protected AccountStore store() {
    return store;
  }

  @Override
  protected DeletionStore deletions() {
    return store;
  }
}
