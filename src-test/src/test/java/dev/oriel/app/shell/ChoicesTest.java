package dev.oriel.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.AgentInfo;
import dev.oriel.testing.ManualDelay;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    private final ReadOnlyObjectWrapper<Header> header =
            new ReadOnlyObjectWrapper<>(Header.begin());
    private final DraftPage draft = new DraftPage();
    private final ManualDelay delay = new ManualDelay();
    private final Choices choices =
            new Choices(() -> null, header.getReadOnlyProperty(), draft, new Notices(delay), delay);

    private static AgentInfo agent(String kind, boolean preferred, boolean mayBypass) {
        return new AgentInfo(
                kind, AgentInfo.Status.READY, preferred, mayBypass, null, null, null, null);
    }

    private static Header talk(String agent, Mode mode) {
        return new Header("Panes", "/work", agent, null, mode, true);
    }

    @Test
    void theModeThatNeverAsksIsNotOfferedUnlessTheOperatorAllowedIt() {
        draft.agents(List.of(agent("cli", true, false)));
        assertThat(choices.modes().get())
                .containsExactly(Mode.MANUAL, Mode.ACCEPT_EDITS, Mode.PLAN);

        draft.agents(List.of(agent("cli", true, true)));
        assertThat(choices.modes().get()).endsWith(Mode.BYPASS);
    }

    @Test
    void inASessionItIsItsOwnAgentThatCounts() {
        draft.agents(List.of(agent("cli", true, true), agent("demo", false, false)));
        header.set(talk("demo", Mode.MANUAL));
        assertThat(choices.modes().get()).doesNotContain(Mode.BYPASS);
        header.set(talk("cli", Mode.MANUAL));
        assertThat(choices.modes().get()).contains(Mode.BYPASS);
    }

    @Test
    void aSessionThatIsInItShowsItAlsoWhereItIsNotOffered() {
        draft.agents(List.of(agent("cli", true, false)));
        header.set(talk("cli", Mode.BYPASS));
        assertThat(choices.mode().get()).isEqualTo(Mode.BYPASS);
        assertThat(choices.modes().get()).contains(Mode.BYPASS);
    }

    @Test
    void aNewSessionFallsBackToAskingWithAnAgentThatMustAsk() {
        draft.agents(List.of(agent("cli", true, true), agent("demo", false, false)));
        choices.choose(Mode.BYPASS);
        assertThat(choices.mode().get()).isEqualTo(Mode.BYPASS);
        draft.choose("demo");
        assertThat(choices.mode().get()).isEqualTo(Mode.MANUAL);
        assertThat(draft.session().permissionMode()).isNull();
    }

    @Test
    void aModeThatNobodyOffersIsShownAsItIs() {
        assertThat(Mode.of("dontAsk").label()).isEqualTo("Don’t ask");
        assertThat(Mode.of("auto")).isEqualTo(Mode.AUTO);
    }
}
