package dev.oriel.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.toast.Toasts;
import dev.oriel.client.AgentInfo;
import dev.oriel.testing.manual.ManualScheduler;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.junit.jupiter.api.Test;

class ComposerOptionsTest {
    private final ReadOnlyObjectWrapper<PageHeader> header =
            new ReadOnlyObjectWrapper<>(PageHeader.forNewSession());
    private final NewSessionDraft draft = new NewSessionDraft();
    private final ManualScheduler delay = new ManualScheduler();
    private final ComposerOptions choices =
            new ComposerOptions(
                    () -> null, header.getReadOnlyProperty(), draft, new Toasts(delay), delay);

    private static AgentInfo agent(String kind, boolean preferred, boolean mayBypass) {
        return new AgentInfo(
                kind, AgentInfo.Status.READY, preferred, mayBypass, null, null, null, null);
    }

    private static PageHeader talk(String agent, PermissionMode mode) {
        return new PageHeader("Panes", "/work", agent, null, mode, true);
    }

    @Test
    void bypassIsOfferedOnlyIfTheOperatorAllowsIt() {
        draft.updateAgents(List.of(agent("cli", true, false)));
        assertThat(choices.modes().get())
                .containsExactly(
                        PermissionMode.MANUAL, PermissionMode.ACCEPT_EDITS, PermissionMode.PLAN);

        draft.updateAgents(List.of(agent("cli", true, true)));
        assertThat(choices.modes().get()).endsWith(PermissionMode.BYPASS);
    }

    @Test
    void inASessionItsAgentDecidesWhatIsOffered() {
        draft.updateAgents(List.of(agent("cli", true, true), agent("demo", false, false)));
        header.set(talk("demo", PermissionMode.MANUAL));
        assertThat(choices.modes().get()).doesNotContain(PermissionMode.BYPASS);
        header.set(talk("cli", PermissionMode.MANUAL));
        assertThat(choices.modes().get()).contains(PermissionMode.BYPASS);
    }

    @Test
    void aSessionInBypassModeShowsItEvenIfItIsNotOffered() {
        draft.updateAgents(List.of(agent("cli", true, false)));
        header.set(talk("cli", PermissionMode.BYPASS));
        assertThat(choices.mode().get()).isEqualTo(PermissionMode.BYPASS);
        assertThat(choices.modes().get()).contains(PermissionMode.BYPASS);
    }

    @Test
    void aNewSessionReturnsToManualWithAnAgentThatMustAsk() {
        draft.updateAgents(List.of(agent("cli", true, true), agent("demo", false, false)));
        choices.setMode(PermissionMode.BYPASS);
        assertThat(choices.mode().get()).isEqualTo(PermissionMode.BYPASS);
        draft.chooseAgent("demo");
        assertThat(choices.mode().get()).isEqualTo(PermissionMode.MANUAL);
        assertThat(draft.toRequest().permissionMode()).isNull();
    }

    @Test
    void aModeThatIsNotOfferedIsShownByItsName() {
        assertThat(PermissionMode.fromWire("dontAsk").label()).isEqualTo("Don’t ask");
        assertThat(PermissionMode.fromWire("auto")).isEqualTo(PermissionMode.AUTO);
    }
}
