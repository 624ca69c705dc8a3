package dev.oriel.dialect.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.dialect.manager.ClientTurn.None;
import dev.oriel.dialect.manager.ClientTurn.Running;
import dev.oriel.dialect.manager.ClientTurn.Trigger;
import org.junit.jupiter.api.Test;

class ClientTurnTest {
    private static final ClientTurn OWN = new None(false).on(new Trigger.PromptStarted(true));
    private static final ClientTurn OTHERS = new None(true).on(new Trigger.PromptStarted(false));

    @Test
    void onlyAnOwnTurnBeginsWithThinking() {
        assertThat(OWN).isEqualTo(new Running(true, true, true, false));
        assertThat(OTHERS).isEqualTo(new Running(false, true, false, false));
    }

    @Test
    void aTurnThatTheAgentStartsBelongsToTheClientOfTheTurnBefore() {
        assertThat(OWN.on(new Trigger.TurnEnded()).on(new Trigger.AgentStarted()))
                .isEqualTo(new Running(true, false, true, false));
        assertThat(OTHERS.on(new Trigger.TurnEnded()).on(new Trigger.AgentStarted()))
                .isEqualTo(new Running(false, false, false, false));
    }

    @Test
    void theAgentsStartDoesNotChangeARunningTurn() {
        assertThat(OWN.on(new Trigger.AgentStarted())).isSameAs(OWN);
    }

    @Test
    void aPromptWithinATurnDecidesWhoseItIs() {
        assertThat(OTHERS.on(new Trigger.PromptStarted(true)).own()).isTrue();
        assertThat(OWN.on(new Trigger.PromptStarted(false)).own()).isFalse();
    }

    @Test
    void thinkingEndsOnceAndTheInterruptIsKept() {
        ClientTurn after = OWN.on(new Trigger.InterruptSent()).on(new Trigger.ThinkingEnded());
        assertThat(after).isEqualTo(new Running(true, true, false, true));
        assertThat(after.on(new Trigger.ThinkingEnded())).isEqualTo(after);
    }

    @Test
    void anInterruptWithoutATurnDoesNotApplyToTheNextOne() {
        ClientTurn next =
                new None(true).on(new Trigger.InterruptSent()).on(new Trigger.PromptStarted(true));
        assertThat(next).isEqualTo(OWN);
    }

    @Test
    void anInterruptEndsWithItsTurn() {
        ClientTurn next =
                OWN.on(new Trigger.InterruptSent())
                        .on(new Trigger.TurnEnded())
                        .on(new Trigger.AgentStarted());
        assertThat(next).isEqualTo(new Running(true, false, true, false));
    }

    @Test
    void withoutATurnThinkingCannotEnd() {
        ClientTurn none = new None(false);
        assertThat(none.on(new Trigger.ThinkingEnded())).isSameAs(none);
    }
}
