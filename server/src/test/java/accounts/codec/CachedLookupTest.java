package accounts.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Generated;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.Username;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class CachedLookupTest {

  @Property
  void decode_encodedEntity_isTheSame(@ForAll("entities") Entity entity, @ForAll long generation)
      throws UnreadableBytesException {
    CachedLookup cached = new CachedLookup(new Lookup.Found<>(entity), generation);

    assertThat(CachedLookup.decode(entity.key(), cached.encode())).isEqualTo(cached);
  }

  @Property
  void decode_encodedAbsence_isTheSame(
      @ForAll("keys") EntityKey<?> key,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long revision,
      @ForAll long generation)
      throws UnreadableBytesException {
    CachedLookup cached = new CachedLookup(new Lookup.Absent<>(new Revision(revision)), generation);

    assertThat(CachedLookup.decode(key, cached.encode())).isEqualTo(cached);
  }

  @Property
  void decode_entityOfAnotherKey_isRefused(
      @ForAll("entities") Entity entity, @ForAll("keys") EntityKey<?> key) {
    Assume.that(!entity.key().equals(key));
    byte[] bytes = new CachedLookup(new Lookup.Found<>(entity), 1).encode();

    assertThatThrownBy(() -> CachedLookup.decode(key, bytes))
        .isInstanceOf(UnreadableBytesException.class)
        .hasMessage("the entry of another key");
  }

  @Property
  void decode_garbage_isUnreadableAtWorst(
      @ForAll("keys") EntityKey<?> key, @ForAll byte[] garbage) {
    assertThat(Damage.failures(() -> CachedLookup.decode(key, garbage))).isEmpty();
  }

  @Property
  void decode_damagedEntry_isUnreadableAtWorst(
      @ForAll("entities") Entity entity, @ForAll long seed) {
    byte[] bytes = new CachedLookup(new Lookup.Found<>(entity), 7).encode();
    byte[] damaged = Damage.of(bytes, seed);

    assertThat(Damage.failures(() -> CachedLookup.decode(entity.key(), damaged))).isEmpty();
  }

  @Property
  void decode_cutEntry_neverThrowsAnythingElse(@ForAll("entities") Entity entity) {
    byte[] bytes = new CachedLookup(new Lookup.Found<>(entity), 7).encode();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThat(Damage.failures(() -> CachedLookup.decode(entity.key(), cut))).isEmpty();
    }
  }

  @Test
  void decode_nothing_isUnreadable() {
    assertThatThrownBy(
            () -> CachedLookup.decode(new EntityKey.UserKey(new Username("olivia")), new byte[0]))
        .isInstanceOf(UnreadableBytesException.class)
        .hasMessage("no answer");
  }

  @Provide
  Arbitrary<Entity> entities() {
    return Generated.entities();
  }

  @Provide
  Arbitrary<EntityKey<?>> keys() {
    return Generated.keys();
  }
}
