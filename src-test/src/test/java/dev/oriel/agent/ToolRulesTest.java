package dev.oriel.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bash",
                "Bash(*)",
                "Bash(git log:*)",
                "Bash(echo $(date))",
                "Bash(echo $(date) now, please)",
                "Bash(git log --format=(%h))",
                "Bash(f() { g; }; (cd x && ls))",
                "Bash(touch \"x(y\")",
                "Bash(touch \"a) b\" c)",
                "Bash(echo ':)' ':(')",
                "Bash(echo a\\) b)",
                "Bash(echo it's (x) and so on)",
                "Read(/x (y)/**)",
                "mcp__board__*"
            })
    void parsesASingleRuleAsOneRule(String rule) {
        assertThat(ToolRules.parse(List.of(rule))).containsExactly(rule);
        assertThat(ToolRules.parse(List.of("Read," + rule + " Edit")))
                .startsWith("Read")
                .endsWith("Edit")
                .contains(rule);
    }

    @Test
    void aRuleAloneMayContainAnUnmatchedParenthesis() {
        assertThat(ToolRules.parse(List.of(" Bash(echo a(b) "))).containsExactly("Bash(echo a(b)");
    }

    @Test
    void splitsListsAtCommasAndWhitespaceOutsideParentheses() {
        assertThat(
                        ToolRules.parse(
                                List.of(
                                        "Read, Bash(git log:*),Bash(echo it's),Bash(echo that's)",
                                        "Edit  Write\n",
                                        "",
                                        ",")))
                .containsExactly(
                        "Read",
                        "Bash(git log:*)",
                        "Bash(echo it's)",
                        "Bash(echo that's)",
                        "Edit",
                        "Write");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "Read,--help",
                "Bash(a",
                "Bash a)",
                "Bash (a)",
                "Bash(a)b",
                "Bash(a\u0007)",
                "(Bash)",
                "$(x)"
            })
    void rejectsATextThatContainsAnInvalidRule(String text) {
        assertThatThrownBy(() -> ToolRules.parse(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyRulesWithoutNestedParenthesesArePlain() {
        assertThat(List.of("Bash", "Bash(a, b)", "Bash()")).allMatch(ToolRules::isPlain);
        assertThat(List.of("Bash($(a))", "Bash(a) b)", "Bash(a(b)")).noneMatch(ToolRules::isPlain);
    }
}
