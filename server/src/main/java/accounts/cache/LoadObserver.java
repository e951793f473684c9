package accounts.cache;

/** Hears of loads that callers share. Must neither block nor throw. */
public interface LoadObserver {

  /** Hears nothing. */
  LoadObserver NONE =
      new LoadObserver() {
        @Override
        public void led() {}

        @Override
        public void joined() {}
      };

  /** A load begins. */
  void led();

  /** A caller shares a load that another asked for. */
  void joined();
}
