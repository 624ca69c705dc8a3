package dev.oriel.agent.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandExpansionTest {
    private final List<String> run = new ArrayList<>();

    private String expand(String body, String arguments) {
        return CommandExpansion.expand(
                body,
                arguments,
                command -> {
                    run.add(command);
                    return "<" + command + "> $1 $ARGUMENTS";
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Say hi to $ARGUMENTS! | Bob Smith | Say hi to Bob Smith!",
                "$2 before $1 | a b | b before a",
                "$1-$2-$3 | 'a b' c | a b-c-",
                "$ARGUMENTS[1] | a b | b",
                "No place | x | No place  ARGUMENTS: x",
                "$100 and $HOME | x | $100 and $HOME  ARGUMENTS: x",
                "$1 | $1 $2 | $1",
                "$1$2 | a\\ b | a\\b",
            })
    void argumentsReplaceTheirPlaces(String body, String arguments, String expected) {
        assertThat(expand(body, arguments).replace('\n', ' ')).isEqualTo(expected);
    }

    @Test
    void theOutputOfCommandsIsPutIn() {
        assertThat(expand("State: !`git status` and !`git log`", ""))
                .isEqualTo("State: <git status> $1 $ARGUMENTS and <git log> $1 $ARGUMENTS");
        assertThat(run).containsExactly("git status", "git log");
    }

    @Test
    void whatAUserTypesIsNeverRun() {
        assertThat(expand("Look: $ARGUMENTS", "!`rm -rf x`")).isEqualTo("Look: !`rm -rf x`");
        assertThat(expand("!`echo $1`", "; rm -rf x")).doesNotContain("<echo");
        assertThat(run).isEmpty();
    }

    @Test
    void codeIsNotACommand() {
        assertThat(expand("Write `x!` and a!`b`", "")).isEqualTo("Write `x!` and a!`b`");
        assertThat(run).isEmpty();
    }

    @Test
    void manyCommandsAndLongTextsAreBounded() {
        expand("!`c` ".repeat(500), "");
        assertThat(run).hasSize(CommandExpansion.MAX_COMMANDS);
        assertThat(expand("$1 ".repeat(100_000), "x".repeat(100_000)))
                .hasSizeLessThanOrEqualTo(CommandExpansion.MAX_TEXT);
    }
}
