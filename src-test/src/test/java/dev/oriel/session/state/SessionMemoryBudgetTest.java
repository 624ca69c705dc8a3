package dev.oriel.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionMemoryBudgetTest {
    @Test
    void largePromptsDoNotBlockSmallOnes() {
        var budget = new SessionMemoryBudget(256_000);
        budget.add(250_000);
        assertThat(budget.hasRoomFor(6_000)).isTrue();
        assertThat(budget.hasRoomFor(6_001)).isFalse();
        assertThat(budget.hasRoomFor(1_000)).isTrue();
        budget.add(250_000);
        assertThat(budget.hasRoomFor(1_000)).isTrue();
        budget.add(12_000);
        assertThat(budget.hasRoomFor(1)).isFalse();
    }
}
