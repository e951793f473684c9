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
  void decode_encodedEntity_isTheSame(
      @ForAll("entities") Entity entity, @ForAll long generation, @ForAll long epoch)
      throws UnreadableBytesException {
    CachedLookup cached = new CachedLookup(new Lookup.Found<>(entity), generation, epoch);

    assertThat(CachedLookup.decode(entity.key(), cached.encode(entity.key()))).isEqualTo(cached);
  }

  @Property
  void decode_encodedAbsence_isTheSame(
      @ForAll("keys") EntityKey<?> key,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long revision,
      @ForAll long generation,
      @ForAll long epoch)
      throws UnreadableBytesException {
    CachedLookup cached =
        new CachedLookup(new Lookup.Absent<>(new Revision(revision)), generation, epoch);

    assertThat(CachedLookup.decode(key, cached.encode(key))).isEqualTo(cached);
  }

  @Property
  void decode_entityOfAnotherKey_isRefused(
      @ForAll("entities") Entity entity, @ForAll("keys") EntityKey<?> key) {
    Assume.that(!entity.key().equals(key));
    byte[] bytes = new CachedLookup(new Lookup.Found<>(entity), 1, 0).encode(entity.key());

    assertThatThrownBy(() -> CachedLookup.decode(key, bytes))
        .isInstanceOf(UnreadableBytesException.class)
        .hasMessage("checksum does not match");
  }

  @Property
  void decode_absenceOfAnotherKey_isRefused(
      @ForAll("keys") EntityKey<?> key, @ForAll("keys") EntityKey<?> other) {
    Assume.that(!key.equals(other));
    byte[] bytes = new CachedLookup(new Lookup.Absent<>(Revision.NONE), 1, 0).encode(key);

    assertThatThrownBy(() -> CachedLookup.decode(other, bytes))
        .isInstanceOf(UnreadableBytesException.class);
  }

  @Property
  void decode_entityFilledUnderAnotherKey_isRefused(
      @ForAll("entities") Entity entity, @ForAll("keys") EntityKey<?> key) {
    Assume.that(!entity.key().equals(key));
    byte[] bytes = new CachedLookup(new Lookup.Found<>(entity), 1, 0).encode(key);

    assertThatThrownBy(() -> CachedLookup.decode(key, bytes))
        .isInstanceOf(UnreadableBytesException.class)
        .hasMessage("the entry of another key");
  }

  @Property(tries = 100)
  void decode_anyBitFlipped_isRefused(@ForAll("entities") Entity entity) {
    byte[] bytes = new CachedLookup(new Lookup.Found<>(entity), 7, 3).encode(entity.key());
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> CachedLookup.decode(entity.key(), flipped))
          .isInstanceOf(UnreadableBytesException.class);
    }
  }

  @Property
  void decode_garbage_isUnreadableAtWorst(
      @ForAll("keys") EntityKey<?> key, @ForAll byte[] garbage) {
    assertThat(Damage.failures(() -> CachedLookup.decode(key, garbage))).isEmpty();
  }

  @Property
  void decode_damagedEntry_isUnreadableAtWorst(
      @ForAll("entities") Entity entity, @ForAll long seed) {
    byte[] bytes = new CachedLookup(new Lookup.Found<>(entity), 7, 3).encode(entity.key());
    byte[] damaged = Damage.of(bytes, seed);

    assertThat(Damage.failures(() -> CachedLookup.decode(entity.key(), damaged))).isEmpty();
  }

  @Property
  void decode_cutEntry_neverThrowsAnythingElse(@ForAll("entities") Entity entity) {
    byte[] bytes = new CachedLookup(new Lookup.Found<>(entity), 7, 3).encode(entity.key());
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
        .hasMessage("checksum does not match");
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
