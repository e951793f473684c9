package accounts.cache.momento;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Generated;
import accounts.domain.OrganizationName;
import accounts.domain.Username;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class CacheKeysTest {

  private static final CacheKeys KEYS = new CacheKeys(CacheKeys.FORMAT, true);
  private static final char[] ADVERSARIAL = {'1', '2', ':', '/'};

  @Property
  void valueAndGeneration_differentEntities_shareNoKey(@ForAll("keys") Set<EntityKey<?>> keys) {
    Set<String> cacheKeys = new HashSet<>();
    for (EntityKey<?> key : keys) {
      cacheKeys.add(KEYS.value(key));
      cacheKeys.add(KEYS.generation(key));
    }

    assertThat(cacheKeys).hasSize(2 * keys.size());
  }

  @Property
  void tagged_differentPairsOfRawNames_differ(
      @ForAll @StringLength(max = 12) @CharRange(from = '/', to = ':') String organization,
      @ForAll @StringLength(max = 12) @CharRange(from = '/', to = ':') String username,
      @ForAll @StringLength(max = 12) @CharRange(from = '/', to = ':') String otherOrganization,
      @ForAll @StringLength(max = 12) @CharRange(from = '/', to = ':') String otherUsername) {
    boolean same = organization.equals(otherOrganization) && username.equals(otherUsername);

    assertThat(pair(organization, username).equals(pair(otherOrganization, otherUsername)))
        .isEqualTo(same);
  }

  @Test
  void tagged_allPairsOfShortAdversarialNames_differ() {
    List<String> names = allUpTo(4);
    Set<String> pairs = new HashSet<>();
    for (String organization : names) {
      for (String username : names) {
        pairs.add(pair(organization, username));
      }
    }

    assertThat(pairs).hasSize(names.size() * names.size());
  }

  @Test
  void valueAndGeneration_examples_areAsOtherInstancesExpect() {
    OrganizationName organization = new OrganizationName("olivias-org");
    Username username = new Username("noah");

    assertThat(KEYS.value(new UserKey(username))).isEqualTo("v2/user/4:noah");
    assertThat(KEYS.value(new OrganizationKey(organization))).isEqualTo("v2/org/11:olivias-org");
    assertThat(KEYS.generation(new MembershipKey(organization, username)))
        .isEqualTo("g/member/11:olivias-org/4:noah");
  }

  @Test
  void valueAndGeneration_otherFormat_shareTheGenerationAlone() {
    CacheKeys others = new CacheKeys(CacheKeys.FORMAT + 1, true);
    UserKey key = new UserKey(new Username("noah"));

    assertThat(others.value(key)).isNotEqualTo(KEYS.value(key));
    assertThat(others.generation(key)).isEqualTo(KEYS.generation(key));
  }

  private static String pair(String organization, String username) {
    return CacheKeys.tagged(organization) + "/" + CacheKeys.tagged(username);
  }

  private static List<String> allUpTo(int length) {
    List<String> all = new java.util.ArrayList<>(List.of(""));
    for (int begin = 0, round = 0; round < length; round++) {
      int end = all.size();
      for (String shorter : List.copyOf(all.subList(begin, end))) {
        for (char c : ADVERSARIAL) {
          all.add(shorter + c);
        }
      }
      begin = end;
    }
    return all;
  }

  @Provide
  Arbitrary<Set<EntityKey<?>>> keys() {
    return Generated.keys().set().ofMaxSize(40);
  }
}
