package accounts.repair.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.repair.dynamodb.ShardPlan.Claim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which shards are read next, and from where. */
final class ShardPlanTest {

  private static final ShardOwnership HELD = ShardOwnership.first("other");
  private static final ShardOwnership FINISHED = HELD.finished(Optional.of("9"));
  private static final Shard PARENT = new Shard("p", Optional.empty(), false);
  private static final Shard CHILD = new Shard("c", Optional.of("p"), false);
  private static final Shard GRANDCHILD = new Shard("g", Optional.of("c"), true);
  private static final List<Shard> ALL = List.of(GRANDCHILD, CHILD, PARENT);

  private static List<Claim> claims(Map<String, ShardOwnership> ownerships, boolean free) {
    return new ShardPlan(ALL, ownerships).claims((shard, ownership) -> free);
  }

  @Test
  void claims_nobodyReadAny_openOnesFromNow() {
    assertThat(claims(Map.of(), true))
        .containsExactly(new Claim("g", Optional.empty(), new Position.Latest()));
  }

  @Test
  void claims_parentNotFinished_childrenWait() {
    assertThat(claims(Map.of("p", HELD), false)).isEmpty();
  }

  @Test
  void claims_parentFinished_childFromItsBeginning() {
    assertThat(claims(Map.of("p", FINISHED), false))
        .containsExactly(new Claim("c", Optional.empty(), new Position.Horizon()));
  }

  @Test
  void claims_ownershipFree_goesOnFromItsCheckpoint() {
    ShardOwnership ownership = HELD.renewed(Optional.of("7"));
    assertThat(claims(Map.of("p", ownership), true))
        .containsExactly(new Claim("p", Optional.of(ownership), new Position.After("7")));
  }

  @Test
  void claims_ownershipFreeWithoutCheckpoint_leavesNothingOut() {
    assertThat(claims(Map.of("p", HELD), true))
        .containsExactly(new Claim("p", Optional.of(HELD), new Position.Horizon()));
  }

  @Test
  void claims_ownershipHeld_none() {
    assertThat(claims(Map.of("p", FINISHED, "c", HELD), false)).isEmpty();
  }

  @Test
  void live_readToTheirEndsOrNeverRead_areNot() {
    assertThat(new ShardPlan(ALL, Map.of()).live()).containsExactly("g");
    assertThat(new ShardPlan(ALL, Map.of("p", FINISHED)).live())
        .containsExactlyInAnyOrder("c", "g");
    assertThat(new ShardPlan(ALL, Map.of("p", FINISHED, "c", FINISHED)).live())
        .containsExactly("g");
  }

  @Test
  void due_shardsThatWaitForTheirParents_areNot() {
    assertThat(new ShardPlan(ALL, Map.of("p", HELD)).due()).containsExactly("p");
    assertThat(new ShardPlan(ALL, Map.of("p", FINISHED)).due()).containsExactly("c");
    assertThat(new ShardPlan(ALL, Map.of()).due()).containsExactly("g");
  }
}
