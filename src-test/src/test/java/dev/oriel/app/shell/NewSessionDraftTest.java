package dev.oriel.app.shell;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.AgentInfo;
import dev.oriel.testing.client.FakeAccounts;
import java.util.List;
import java.util.stream.Stream;
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

    private static final AgentInfo API =
            new AgentInfo("api", AgentInfo.Status.READY, false, null, null, null, null);

    private List<String> offered() {
        return page.agents().get().stream().map(AgentChoice::name).toList();
    }

    private void updateAccounts(String... names) {
        page.updateAccounts(
                Stream.of(names).map(n -> FakeAccounts.account(n.toLowerCase(ROOT), n)).toList());
    }

    @Test
    void theMessagesApiIsOfferedOnceForEachAccount() {
        page.updateAgents(List.of(cli(AgentInfo.Status.READY), API, DEMO));
        assertThat(offered()).containsExactly("Claude Code", "Claude API", "Demo");
        updateAccounts("Anna", "Bob");
        assertThat(offered()).containsExactly("Claude Code", "Anna", "Bob", "Demo");
        page.chooseAgent("api", "bob");
        assertThat(page.toRequest().account()).isEqualTo("bob");
        assertThat(page.toRequest().agent()).isEqualTo("api");
    }

    @Test
    void anAccountComesBeforeTheDemo() {
        page.updateAgents(List.of(cli(AgentInfo.Status.MISSING), DEMO));
        page.updateAgents(List.of(cli(AgentInfo.Status.MISSING), API, DEMO));
        updateAccounts("Anna");
        assertThat(chosen()).isEqualTo("api");
    }

    @Test
    void theChosenAccountStaysUntilItIsRemoved() {
        page.updateAgents(List.of(cli(AgentInfo.Status.READY), API, DEMO));
        updateAccounts("Anna", "Bob");
        page.chooseAgent("api", "bob");
        updateAccounts("Carl", "Bob");
        assertThat(page.toRequest().account()).isEqualTo("bob");
        updateAccounts("Carl");
        assertThat(chosen()).isEqualTo("cli");
        assertThat(page.toRequest().account()).isNull();
    }

    @Test
    void aNewAccountIsChosenOnceTheServerOffersIt() {
        page.updateAgents(List.of(cli(AgentInfo.Status.READY), API, DEMO));
        page.expectAccount("bob");
        assertThat(chosen()).isEqualTo("cli");
        updateAccounts("Anna", "Bob");
        assertThat(page.toRequest().account()).isEqualTo("bob");
    }

    @Test
    void anotherAgentGetsItsOwnModel() {
        page.updateAgents(List.of(cli(AgentInfo.Status.READY), API, DEMO));
        page.model().set("opus");
        page.effort().set("high");
        page.chooseAgent("cli");
        assertThat(page.model().get()).isEqualTo("opus");
        page.chooseAgent("api");
        assertThat(page.model().get()).isNull();
        assertThat(page.effort().get()).isNull();
    }
}
