package accounts.store;

final class InMemoryNoticeStoreTest extends NoticeStoreContract {

  private final NoticeStore store = new InMemoryNoticeStore();

  @Override
  protected NoticeStore store() {
    return store;
  }
}
