package io.junction.common.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

  private static final String OLD = key(1);
  private static final String NEW = key(2);

  @Test
  void what_was_sealed_opens_and_nothing_of_it_shows() {
    var box = box(NEW);
    var sealed = box.seal("whsec_geheim ✓");
    assertThat(box.open(sealed)).hasValue("whsec_geheim ✓");
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("geheim");
    assertThat(box.seal("whsec_geheim ✓")).isNotEqualTo(sealed);
  }

  @Test
  void another_key_does_not_open_it() {
    assertThat(box(NEW).open(box(OLD).seal("secret"))).isEmpty();
    assertThat(box().open(box(OLD).seal("secret"))).isEmpty();
  }

  @Test
  void the_first_key_seals_and_each_opens_what_it_has_sealed() {
    var rotating = box(NEW, OLD);
    assertThat(rotating.open(box(OLD).seal("old"))).hasValue("old");
    assertThat(box(NEW).open(rotating.seal("new"))).hasValue("new");
    assertThat(box(OLD).open(rotating.seal("new"))).isEmpty();
  }

  @Test
  void whatever_byte_is_changed_it_does_not_open() {
    var box = box(NEW);
    var sealed = box.seal("secret");
    for (int i = 0; i < sealed.length; i++) {
      var changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(box.open(changed)).as("byte " + i).isEmpty();
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(box.open(java.util.Arrays.copyOf(sealed, length))).isEmpty();
    }
  }

  @Test
  void without_a_key_nothing_is_sealed() {
    assertThat(box().hasKey()).isFalse();
    assertThatThrownBy(() -> box().seal("secret"))
        .hasMessageContaining("JUNCTION_NOTIFICATIONS_KEY");
  }

  private static SecretBox box(String... keys) {
    return new SecretBox(new NotificationProperties(List.of(keys), false));
  }

  private static String key(long seed) {
    var bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
