package io.junction.dispatcher.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundSizeTest {

  private final RoundSize size = new RoundSize(100);

  @Test
  void fewer_owners_are_looked_at_while_they_fill_the_batch() {
    int before = size.owners();
    size.follow(100);
    assertThat(size.owners()).isEqualTo(before / 2);
    for (int n = 0; n < 10; n++) {
      size.follow(100);
    }
    assertThat(size.owners()).isEqualTo(10);
  }

  @Test
  void more_are_while_they_have_few_jobs_and_as_many_where_it_fits() {
    int before = size.owners();
    size.follow(70);
    assertThat(size.owners()).isEqualTo(before);
    for (int n = 0; n < 10; n++) {
      size.follow(3);
    }
    assertThat(size.owners()).isEqualTo(1_000);
  }
}
