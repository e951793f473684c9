package accounts.cache.momento;

import static accounts.domain.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.cache.Cell;
import accounts.cache.CellKey;
import accounts.codec.Damage;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Generated;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class CellCodecTest {

  private static final Cell UNREADABLE = new Cell.Unreadable();

  private final AtomicLong nonces = new AtomicLong();
  private final CellCodec codec = new CellCodec(nonces::incrementAndGet, CellCodec.ANSWERS);

  @Property
  void decode_encodedEntity_isTheSame(@ForAll("entities") Entity entity, @ForAll long epoch) {
    Cell cell = new Cell.Value(epoch, new Lookup.Found<>(entity));

    assertThat(codec.decode(key(entity), bytes(entity, cell))).isEqualTo(cell);
  }

  @Property
  void decode_encodedAbsence_isTheSame(
      @ForAll("keys") EntityKey<?> entity,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long revision,
      @ForAll long epoch) {
    CellKey key = CellKey.of("i", entity);
    Cell cell = new Cell.Value(epoch, new Lookup.Absent<>(new Revision(revision)));

    assertThat(codec.decode(key, codec.encode(key, cell).toByteArray())).isEqualTo(cell);
  }

  @Property
  void encode_sameCellTwice_givesDifferentBytes(@ForAll("keys") EntityKey<?> entity) {
    CellKey key = CellKey.of("i", entity);

    assertThat(codec.encode(key, new Cell.Loading()))
        .isNotEqualTo(codec.encode(key, new Cell.Loading()));
  }

  @Property
  void decode_valueOfAnotherFormat_keepsEpochAndRevision(
      @ForAll("entities") Entity entity, @ForAll long epoch) {
    Cell cell = new Cell.Value(epoch, new Lookup.Found<>(entity));
    CellCodec later = new CellCodec(nonces::incrementAndGet, CellCodec.ANSWERS + 1);

    assertThat(later.decode(key(entity), bytes(entity, cell)))
        .isEqualTo(new Cell.OtherFormat(epoch, entity.revision()));
  }

  // It has no labels: an answer without those that were acknowledged would be an older one.
  @Property(tries = 100)
  void decode_valueOfTheVersionBeforeLabels_isNoAnswer(@ForAll("entities") Entity entity) {
    CellCodec before = new CellCodec(nonces::incrementAndGet, 3);
    byte[] bytes =
        before.encode(key(entity), new Cell.Value(1, new Lookup.Found<>(entity))).toByteArray();

    assertThat(codec.decode(key(entity), bytes))
        .isEqualTo(new Cell.OtherFormat(1, entity.revision()));
  }

  @Property
  void decode_underAnotherKey_isUnreadable(
      @ForAll("entities") Entity entity, @ForAll("keys") EntityKey<?> other) {
    Assume.that(!entity.key().equals(other));
    Cell cell = new Cell.Value(1, new Lookup.Found<>(entity));

    assertThat(codec.decode(CellKey.of("i", other), bytes(entity, cell))).isEqualTo(UNREADABLE);
  }

  @Property(tries = 100)
  void decode_anyBitFlipped_isUnreadable(@ForAll("entities") Entity entity) {
    byte[] bytes = bytes(entity, new Cell.Value(3, new Lookup.Found<>(entity)));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(codec.decode(key(entity), flipped)).isEqualTo(UNREADABLE);
    }
  }

  @Property
  void decode_garbage_isUnreadable(@ForAll("keys") EntityKey<?> entity, @ForAll byte[] garbage) {
    assertThat(codec.decode(CellKey.of("i", entity), garbage)).isEqualTo(UNREADABLE);
  }

  @Property
  void decode_damaged_neverThrows(@ForAll("entities") Entity entity, @ForAll long seed) {
    byte[] bytes = bytes(entity, new Cell.Value(3, new Lookup.Found<>(entity)));
    byte[] damaged = Damage.of(bytes, seed);

    assertThat(Damage.failures(() -> codec.decode(key(entity), damaged))).isEmpty();
  }

  @Property
  void decode_cutShort_isUnreadable(@ForAll("entities") Entity entity) {
    byte[] bytes = bytes(entity, new Cell.Value(3, new Lookup.Found<>(entity)));
    for (int length = 0; length < bytes.length; length++) {
      assertThat(codec.decode(key(entity), Arrays.copyOf(bytes, length))).isEqualTo(UNREADABLE);
    }
  }

  // What a hit costs to carry: the size is printed, and held to what it was when it was chosen.
  @Test
  void encode_sizes_areSmall() {
    Entity alice = user("alice");
    int value = bytes(alice, new Cell.Value(1L << 40, new Lookup.Found<>(alice))).length;
    int loading = bytes(alice, new Cell.Loading()).length;
    System.out.printf("cell sizes: user %d bytes, loading %d bytes%n", value, loading);

    assertThat(value).isLessThanOrEqualTo(64);
    assertThat(loading).isEqualTo(13);
  }

  private byte[] bytes(Entity entity, Cell cell) {
    return codec.encode(key(entity), cell).toByteArray();
  }

  private static CellKey key(Entity entity) {
    return CellKey.of("i", entity.key());
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
