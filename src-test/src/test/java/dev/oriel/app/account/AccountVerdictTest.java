package dev.oriel.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.account.AccountCheck;
import dev.oriel.client.account.AccountCheck.Verdict;
import dev.oriel.client.account.AccountInfo.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountVerdictTest {
    private static AccountCheck check(Verdict verdict, String text, String... lacks) {
        return new AccountCheck(verdict, text, List.of(), List.of(lacks));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void everyVerdictHasASentenceAndANextStep(Verdict verdict) {
        for (Kind kind : Kind.values()) {
            AccountVerdict said = AccountVerdict.of(check(verdict, ""), kind, ServerPlace.HERE);
            assertThat(said.state()).isEqualTo(AccountVerdict.State.FAILED);
            assertThat(said.text()).as("%s", kind).endsWith(".");
            assertThat(said.nextStep()).as("%s", kind).endsWith(".");
        }
    }

    @Test
    void anotherComputerIsNotCalledThisOne() {
        for (Verdict verdict : Verdict.values()) {
            AccountVerdict said =
                    AccountVerdict.of(check(verdict, ""), Kind.GATEWAY, ServerPlace.ELSEWHERE);
            assertThat(said.spoken()).doesNotContain("this computer");
        }
    }

    @Test
    void theServersOwnSentenceIsPreferred() {
        AccountVerdict said =
                AccountVerdict.of(
                        check(Verdict.UNREACHABLE, "There is no connection to host:1.\nSorry."),
                        Kind.GATEWAY,
                        ServerPlace.HERE);
        assertThat(said.text()).isEqualTo("There is no connection to host:1. Sorry.");
        assertThat(said.spoken()).startsWith(said.text()).endsWith(said.nextStep());
    }

    @Test
    void whatALocalServerLacksIsSaid() {
        AccountVerdict said =
                AccountVerdict.of(
                        check(Verdict.OK, "", "tools", "caching", "images", "token_count"),
                        Kind.LOCAL,
                        ServerPlace.HERE);
        assertThat(said.state()).isEqualTo(AccountVerdict.State.WORKS);
        assertThat(said.nextStep()).isEqualTo("It has no tools, images and exact token counts.");
    }

    @Test
    void onlyWhatMayWorkLaterIsKeptUntried() {
        assertThat(
                        AccountVerdict.of(
                                        check(Verdict.BAD_KEY, ""),
                                        Kind.ANTHROPIC,
                                        ServerPlace.HERE)
                                .usable())
                .isFalse();
        assertThat(
                        AccountVerdict.of(
                                        check(Verdict.UNREACHABLE, ""),
                                        Kind.GATEWAY,
                                        ServerPlace.HERE)
                                .usable())
                .isTrue();
    }
}
