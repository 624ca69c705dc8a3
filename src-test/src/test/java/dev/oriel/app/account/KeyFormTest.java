package dev.oriel.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.account.AccountVerdict.State;
import dev.oriel.app.account.KeyForm.Entry;
import dev.oriel.app.account.KeyForm.Header;
import dev.oriel.client.account.AccountCheck.Verdict;
import dev.oriel.client.account.AccountDraft;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.testing.client.FakeAccounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormTest {
    private static final String KEY = "sk-ant-canary-1";

    private final FakeAccounts server = new FakeAccounts();
    private final List<AccountInfo> added = new ArrayList<>();
    private final AccountsViewModel accounts =
            new AccountsViewModel(() -> server, Runnable::run, _ -> {}, _ -> {});
    private final KeyForm form = new KeyForm(accounts, added::add);

    private State state() {
        return form.verdict().get().state();
    }

    @Test
    void aKeyThatWorksIsAddedAtOnce() {
        form.submit(Entry.ofKey("  " + KEY + "\n"));
        assertThat(state()).isEqualTo(State.WORKS);
        assertThat(form.verdict().get().text()).isEqualTo("It works, with 2 models.");
        AccountDraft sent = server.added().getFirst();
        assertThat(sent.key()).isEqualTo(KEY);
        assertThat(sent.kind()).isEqualTo(AccountInfo.Kind.ANTHROPIC);
        assertThat(sent.baseUrl()).isNull();
        assertThat(added).hasSize(1);
        assertThat(accounts.accounts()).hasSize(1);
    }

    @Test
    void aBadKeyIsNotAdded() {
        form.submit(Entry.ofKey("sk-ant-bad"));
        assertThat(state()).isEqualTo(State.FAILED);
        assertThat(form.verdict().get().nextStep()).startsWith("Copy the whole key once more");
        assertThat(form.verdict().get().usable()).isFalse();
        assertThat(server.added()).isEmpty();
    }

    @Test
    void anAccountWithoutANetworkCanBeAddedUntried() {
        server.finding(Verdict.UNREACHABLE, "");
        Entry entry = new Entry(KEY, "https://gateway.example.org", List.of(), "", "Work");
        form.submit(entry);
        assertThat(form.verdict().get().usable()).isTrue();
        form.addUntried(entry);
        assertThat(added).extracting(AccountInfo::name).containsExactly("Work");
        assertThat(server.checked()).hasSize(1);
    }

    @Test
    void aGatewayGetsItsHeadersAsSecrets() {
        form.submit(
                new Entry(
                        "Bearer abc",
                        " https://gateway.example.org/claude ",
                        List.of(new Header("X-Team", "bay"), new Header("", "")),
                        "",
                        ""));
        AccountDraft sent = server.added().getFirst();
        assertThat(sent.kind()).isEqualTo(AccountInfo.Kind.GATEWAY);
        assertThat(sent.auth()).isEqualTo(AccountInfo.Auth.BEARER);
        assertThat(sent.key()).isEqualTo("abc");
        assertThat(sent.headers())
                .containsExactly(new AccountDraft.NewHeader("X-Team", "bay", true));
    }

    @Test
    void aGatewayMayNeedNoKey() {
        form.submit(new Entry("", "http://127.0.0.1:4000", List.of(), "", ""));
        AccountDraft sent = server.added().getFirst();
        assertThat(sent.auth()).isEqualTo(AccountInfo.Auth.NONE);
        assertThat(sent.key()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my gateway", "ftp://x", "https://", "http:// a"})
    void whatIsNoAddressIsSaidWithoutARequest(String url) {
        form.submit(new Entry(KEY, url, List.of(), "", ""));
        assertThat(form.verdict().get().text()).isEqualTo("This is not the address of a server.");
        assertThat(server.checked()).isEmpty();
    }

    @Test
    void anAddressMayLackItsScheme() {
        form.submit(new Entry(KEY, " gateway.example.org:8443 ", List.of(), "", ""));
        // The server adds it.
        assertThat(server.added().getFirst().baseUrl()).isEqualTo("gateway.example.org:8443");
    }

    @Test
    void wrongHeadersAreSaidWithoutARequest() {
        form.submit(new Entry(KEY, "https://x", List.of(new Header("a b", "c")), "", ""));
        assertThat(form.verdict().get().text()).contains("letters, digits");
        form.submit(new Entry(KEY, "https://x", List.of(new Header(" ", "c")), "", ""));
        assertThat(form.verdict().get().text()).isEqualTo("A header has no name.");
        assertThat(server.checked()).isEmpty();
    }

    @Test
    void theResultOfAnEarlierEntryIsIgnored() {
        server.hold();
        form.submit(Entry.ofKey("sk-ant-bad"));
        assertThat(state()).isEqualTo(State.CHECKING);
        form.edited();
        server.release();
        assertThat(state()).isEqualTo(State.NONE);
    }

    @Test
    void noKeyIsInWhatIsShownOrPrinted() {
        server.finding(Verdict.TLS, "");
        Entry entry = new Entry(KEY, "https://x", List.of(new Header("X-Key", KEY)), "", "");
        form.submit(entry);
        assertThat(
                        Objects.toString(entry)
                                + form.verdict().get()
                                + entry.headers()
                                + server.checked()
                                + server.checked().getFirst().headers())
                .doesNotContain(KEY);
    }

    @Test
    void aLocalModelIsTriedBeforeItIsAdded() {
        server.with(FakeAccounts.ollama("qwen3-coder"));
        LocalSearch local = new LocalSearch(accounts, added::add);
        local.search();
        assertThat(local.state().get())
                .isEqualTo(
                        new LocalServersState.Found(
                                List.of(
                                        LocalModelServer.from(
                                                FakeAccounts.ollama("qwen3-coder")))));
        LocalModelServer found = LocalModelServer.from(FakeAccounts.ollama("qwen3-coder"));
        local.use(found, found.models().getFirst());
        assertThat(server.checked()).hasSize(1);
        AccountInfo account = added.getFirst();
        assertThat(account.kind()).isEqualTo(AccountInfo.Kind.LOCAL);
        assertThat(account.defaultModel()).isEqualTo("qwen3-coder");
    }

    @Test
    void aServerWithoutAListOfModelsNeedsOne() {
        server.withoutModels();
        form.submit(new Entry(KEY, "https://x.example.org", List.of(), "", ""));
        assertThat(form.verdict().get().text()).contains("does not list its models");
        assertThat(server.added()).isEmpty();
        form.submit(new Entry(KEY, "https://x.example.org", List.of(), " opus ", ""));
        assertThat(state()).isEqualTo(State.WORKS);
        assertThat(server.added().getFirst().defaultModel()).isEqualTo("opus");
    }
}
