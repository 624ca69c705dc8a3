package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptBudgetTest {
    @Test
    void largePromptsDoNotKeepOthersFromSayingAWord() {
        var budget = new KeptBudget(256_000);
        budget.take(250_000);
        assertThat(budget.hasRoomFor(6_000)).isTrue();
        assertThat(budget.hasRoomFor(6_001)).isFalse();
        assertThat(budget.hasRoomFor(1_000)).isTrue();
        budget.take(250_000);
        assertThat(budget.hasRoomFor(1_000)).isTrue();
        budget.take(12_000);
        assertThat(budget.hasRoomFor(1)).isFalse();
    }
}
