package dev.oriel.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.AgentInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewSessionDraftTest {
    private final NewSessionDraft page = new NewSessionDraft();

    private static AgentInfo cli(AgentInfo.Status status) {
        return new AgentInfo("cli", status, true, null, null, null, null);
    }

    private static final AgentInfo DEMO =
            new AgentInfo("demo", AgentInfo.Status.READY, false, null, null, null, null);

    private String chosen() {
        AgentChoice choice = page.agent().get();
        return choice == null ? "none" : choice.kind();
    }

    @Test
    void thePreferredAgentIsChosenOnceItIsReady() {
        page.updateAgents(List.of(cli(AgentInfo.Status.MISSING), DEMO));
        assertThat(chosen()).isEqualTo("demo");
        page.updateAgents(List.of(cli(AgentInfo.Status.READY), DEMO));
        assertThat(chosen()).isEqualTo("cli");
    }

    @Test
    void theUsersChoiceStaysIfTheAgentsAreTheSame() {
        page.updateAgents(List.of(cli(AgentInfo.Status.READY), DEMO));
        page.chooseAgent("demo");
        page.updateAgents(List.of(cli(AgentInfo.Status.READY), DEMO));
        assertThat(chosen()).isEqualTo("demo");
    }
}
