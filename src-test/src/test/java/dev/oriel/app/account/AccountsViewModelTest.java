package dev.oriel.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.account.AccountCheck.Verdict;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.testing.client.FakeAccounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountsViewModelTest {
    private final FakeAccounts server =
            new FakeAccounts()
                    .with(FakeAccounts.account("a", "Anna"))
                    .with(FakeAccounts.account("b", "Bob"));
    private @Nullable FakeAccounts current = server;
    private final List<String> said = new ArrayList<>();
    private int changes;
    private final AccountsViewModel model =
            new AccountsViewModel(() -> current, Runnable::run, said::add, said::add);

    AccountsViewModelTest() {
        model.setOnChanged(() -> changes++);
    }

    private AccountInfo first() {
        return model.accounts().getFirst();
    }

    private List<String> names() {
        return model.accounts().stream().map(AccountInfo::name).toList();
    }

    @Test
    void theAccountsAreReadAndChanged() {
        model.load();
        assertThat(names()).containsExactly("Anna", "Bob");
        model.rename(first(), "  Work\naccount ");
        assertThat(names()).containsExactly("Work account", "Bob");
        model.makeDefault(first());
        assertThat(first().preferred()).isTrue();
        assertThat(said).containsExactly("New sessions use “Work account”.");
        model.remove(first());
        assertThat(names()).containsExactly("Bob");
        assertThat(said.getLast()).isEqualTo("“Work account” was removed.");
        assertThat(changes).isEqualTo(3);
    }

    @Test
    void anEmptyNameChangesNothing() {
        model.load();
        model.rename(first(), "  ");
        model.rename(first(), "Anna");
        assertThat(server.added()).isEmpty();
    }

    @Test
    void aCheckIsShownAtItsAccount() {
        model.load();
        server.finding(Verdict.NO_CREDIT, "");
        server.hold();
        model.check(first());
        assertThat(model.verdict("a")).isEqualTo(AccountVerdict.CHECKING);
        model.check(first());
        server.release();
        assertThat(server.checked()).hasSize(1);
        assertThat(model.verdict("a").text()).contains("no credit");
        assertThat(model.verdict("b")).isEqualTo(AccountVerdict.NONE);
    }

    @Test
    void aNewKeyIsTried() {
        model.load();
        assertThat(model.replaceKey(first(), " ")).isEqualTo("Paste a key.");
        assertThat(model.replaceKey(first(), "sk-ant-…")).contains("not a key");
        assertThat(model.replaceKey(first(), " sk-ant-new ")).isEmpty();
        assertThat(server.added().getFirst().key()).isEqualTo("sk-ant-new");
        assertThat(model.verdict("a").state()).isEqualTo(AccountVerdict.State.WORKS);
    }

    @Test
    void whatDoesNotWorkIsSaid() {
        model.load();
        server.setFailure(new IOException("The keys cannot be stored."));
        model.rename(first(), "New");
        assertThat(said).containsExactly("The account was not changed: The keys cannot be stored.");
        assertThat(model.state().get())
                .isEqualTo(new AccountsState.Unavailable("The keys cannot be stored."));
    }

    @Test
    void aServerWithoutAccountsSaysSo() {
        current = null;
        model.load();
        assertThat(model.state().get())
                .isEqualTo(new AccountsState.Unavailable(AccountsViewModel.NONE_HERE));
        assertThat(model.accounts()).isEmpty();
    }

    @Test
    void aReplyOfTheServerBeforeIsIgnored() {
        model.load();
        server.hold();
        model.check(first());
        model.load();
        model.reset();
        server.release();
        assertThat(model.state().get()).isEqualTo(new AccountsState.Unknown());
        assertThat(model.verdicts().get()).isEmpty();
    }
}
