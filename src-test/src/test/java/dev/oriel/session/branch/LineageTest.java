package dev.oriel.session.branch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentOptions;
import dev.oriel.session.api.SeqRange;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LineageTest {
    private static final Conversation BRANCH =
            new Conversation.Branched(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());

    @Test
    void aLineageIsReadAsItWasAddedToOptions() {
        Lineage branched =
                Lineage.NONE
                        .rewind(new SeqRange(3, 5), new Conversation.Fresh(UUID.randomUUID()))
                        .rewind(new SeqRange(8, 20), BRANCH);
        String options = branched.addTo(AgentOptions.NONE.toJson());

        assertThat(Lineage.fromOptions(options)).isEqualTo(branched);
        assertThat(Lineage.fromOptions(branched.withoutNext().addTo(null)))
                .isEqualTo(branched.withoutNext());
        assertThat(AgentOptions.fromJson(options)).isEqualTo(AgentOptions.NONE);
    }

    @Test
    void anEmptyLineageAddsNothing() {
        assertThat(Lineage.NONE.addTo(null)).isNull();
        assertThat(Lineage.fromOptions(null)).isEqualTo(Lineage.NONE);
        assertThat(Lineage.removeFrom(Lineage.startingWith(BRANCH).addTo(null))).isNull();
    }

    @Test
    void aRewindThatBeginsEarlierReplacesTheLaterOnes() {
        Lineage lineage =
                Lineage.NONE
                        .rewind(new SeqRange(10, 12), BRANCH)
                        .rewind(new SeqRange(15, 16), BRANCH)
                        .rewind(new SeqRange(4, 30), BRANCH);

        assertThat(lineage.rewound()).containsExactly(new SeqRange(4, 30));
        assertThat(lineage.isRewound(3)).isFalse();
        assertThat(lineage.isRewound(4)).isTrue();
        assertThat(lineage.isRewound(31)).isFalse();
    }

    @Test
    void aCopyKeepsTheRangesThatItContains() {
        Lineage source =
                Lineage.NONE
                        .rewind(new SeqRange(2, 4), BRANCH)
                        .rewind(new SeqRange(9, 11), BRANCH)
                        .withoutNext();

        assertThat(source.until(8, BRANCH))
                .isEqualTo(new Lineage(List.of(new SeqRange(2, 4)), BRANCH, 0));
    }

    @Test
    void theEarlierCostIsKeptWithTheSessionAndNotByItsForks() {
        Lineage resumed = Lineage.NONE.withEarlierCost(2.5);
        assertThat(Lineage.fromOptions(resumed.addTo(null))).isEqualTo(resumed);
        assertThat(resumed.rewind(new SeqRange(3, 4), BRANCH).withoutNext().earlierCost())
                .isEqualTo(2.5);
        assertThat(resumed.until(3, BRANCH).earlierCost()).isZero();
    }
}
