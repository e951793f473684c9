package accounts.bench.freshness;

import accounts.bench.history.Consistency;

/**
 * The consistency and the least revision that a read asks for.
 *
 * @param minRevision 0 for any
 */
record ReadOptions(Consistency consistency, long minRevision) {

  accounts.v1.Consistency wire() {
    return switch (consistency) {
      case FRESH -> accounts.v1.Consistency.CONSISTENCY_FRESH;
      case BOUNDED -> accounts.v1.Consistency.CONSISTENCY_BOUNDED;
      case STORE -> accounts.v1.Consistency.CONSISTENCY_STORE;
    };
  }
}
