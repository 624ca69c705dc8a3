package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.app.LaunchOptions.Opening;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

class OrielCommandTest {
    private static Opening opening(String... arguments) {
        return OrielCommand.read(arguments).orElseThrow().opening();
    }

    @Test
    void itOpensAsItWasLeftUnlessToldOtherwise() {
        assertThat(opening()).isEqualTo(Opening.AS_LEFT);
        assertThat(opening("--new-session")).isEqualTo(Opening.NEW_SESSION);
        assertThat(opening("--start-server")).isEqualTo(Opening.SERVER);
    }

    @Test
    void aQuestionIsAnsweredWithoutAWindow() {
        assertThat(OrielCommand.read("--help")).isEmpty();
        assertThat(OrielCommand.read("--version")).isEmpty();
    }

    @Test
    void whatItDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> OrielCommand.read("--nonsense"))
                .isInstanceOf(ParameterException.class);
    }
}
