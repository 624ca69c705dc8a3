package dev.oriel.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.shell.AgentChoice;
import dev.oriel.app.shell.NewSessionDraft;
import dev.oriel.client.AgentInfo;
import dev.oriel.client.AgentInfo.Status;
import dev.oriel.testing.client.FakeAccounts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstRunViewModelTest {
    private final FakeAccounts server = new FakeAccounts();
    private final NewSessionDraft draft = new NewSessionDraft();
    private final AccountsViewModel accounts =
            new AccountsViewModel(() -> server, Runnable::run, _ -> {}, _ -> {});
    private final List<String> calls = new ArrayList<>();
    private Status cli = Status.MISSING;
    private final FirstRunViewModel page =
            new FirstRunViewModel(accounts, draft, () -> calls.add("agents"));

    FirstRunViewModelTest() {
        accounts.state().subscribe(_ -> draft.updateAccounts(accounts.accounts()));
        accounts.setOnChanged(this::load);
    }

    private static AgentInfo agent(String kind, Status status, boolean preferred) {
        return new AgentInfo(kind, status, preferred, null, null, null, null);
    }

    private void load() {
        draft.updateAgents(
                List.of(
                        agent("cli", cli, true),
                        agent(
                                "api",
                                server.accounts().isEmpty() ? Status.MISSING : Status.READY,
                                false),
                        agent("demo", Status.READY, false)));
        page.onAgents();
    }

    private AgentChoice chosen() {
        return draft.agent().get();
    }

    @Test
    void itIsShownOnlyToWhoHasNeitherCliNorKey() {
        assertThat(page.shown().get()).isFalse();
        load();
        assertThat(page.shown().get()).isTrue();
        cli = Status.READY;
        page.checkCli();
        assertThat(page.checking().get()).isTrue();
        load();
        assertThat(page.checking().get()).isFalse();
        assertThat(page.shown().get()).isFalse();
        assertThat(chosen().kind()).isEqualTo("cli");
    }

    @Test
    void localServersAreLookedForOnlyThen() {
        server.with(FakeAccounts.ollama("qwen3-coder"));
        cli = Status.READY;
        load();
        assertThat(page.local().state().get()).isEqualTo(new LocalServersState.NotSearched());
        cli = Status.NOT_LOGGED_IN;
        load();
        assertThat(page.local().state().get())
                .isEqualTo(
                        new LocalServersState.Found(
                                List.of(
                                        LocalModelServer.from(
                                                FakeAccounts.ollama("qwen3-coder")))));
    }

    @Test
    void aKeyThatWorksLeadsToTheNewSessionWithItsAccount() {
        load();
        page.key().submit(KeyForm.Entry.ofKey("sk-ant-bad"));
        assertThat(page.shown().get()).isTrue();
        page.key().submit(KeyForm.Entry.ofKey("sk-ant-good"));
        assertThat(page.shown().get()).isFalse();
        assertThat(chosen().account()).isEqualTo("account-1");
        assertThat(draft.toRequest().agent()).isEqualTo("api");
        assertThat(draft.toRequest().account()).isEqualTo("account-1");
    }

    @Test
    void theDemoIsTheWayOut() {
        load();
        page.useDemo();
        assertThat(page.shown().get()).isFalse();
        assertThat(chosen().demo()).isTrue();
        load();
        assertThat(page.shown().get()).isFalse();
        page.showAgain();
        assertThat(page.shown().get()).isTrue();
    }

    @Test
    void whoStartedTheDemoGetsIt() {
        draft.updateAgents(
                List.of(
                        agent("demo", Status.READY, true),
                        agent("cli", Status.MISSING, false),
                        agent("api", Status.MISSING, false)));
        assertThat(page.shown().get()).isFalse();
    }

    @Test
    void aServerWithoutTheMessagesApiHasNoSuchPage() {
        draft.updateAgents(
                List.of(agent("cli", Status.MISSING, true), agent("demo", Status.READY, false)));
        assertThat(page.shown().get()).isFalse();
    }
}
