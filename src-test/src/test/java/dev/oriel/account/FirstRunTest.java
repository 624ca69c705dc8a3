package dev.oriel.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstRunTest {
    @ParameterizedTest
    @CsvSource({
        "READY, true, cli api demo",
        "READY, false, cli api demo",
        "INSTALLED, true, cli api demo",
        "INSTALLED, false, cli api demo",
        "NOT_LOGGED_IN, true, api cli demo",
        "NOT_LOGGED_IN, false, cli api demo",
        "MISSING, true, api cli demo",
        "MISSING, false, cli api demo"
    })
    void theFirstAgentThatCanAnswerIsTheDefault(
            FirstRun.Cli cli, boolean hasAccount, String expected) {
        assertThat(FirstRun.decide(cli, hasAccount)).isEqualTo(List.of(expected.split(" ")));
    }
}
