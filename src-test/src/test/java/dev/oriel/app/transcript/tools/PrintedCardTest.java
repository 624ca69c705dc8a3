package dev.oriel.app.transcript.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.text.TaskReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands in the background: their state, their exit code, and what they printed.
class PrintedCardTest {
    private static RenderedCard output(String text) {
        return RenderedCard.call("BashOutput", "{\"bash_id\":\"b1\"}").result(text).toggle();
    }

    @Test
    void aCommandThatRunsShowsItsStateAndOutput() {
        RenderedCard card =
                output(
                        """
                        <status>running</status>

                        <stdout>
                          \u001b[32mready\u001b[0m
                        </stdout>\
                        """);
        assertThat(card.lines())
                .containsExactly(
                        "Read output  b1   ✓ 1 s  running", "Output   Copy", "  ready", "Raw JSON");
        assertThat(card.ink("ready").classes()).contains("ansi-green");
    }

    @Test
    void aCommandThatEndedShowsItsExitCodeAndErrorOutput() {
        RenderedCard card =
                output(
                        """
                        <status>failed</status>

                        <exit_code>3</exit_code>

                        <stdout>
                        out
                        </stdout>

                        <stderr>
                        err
                        </stderr>

                        <timestamp>2026-01-01</timestamp>\
                        """);
        assertThat(card.lines())
                .containsExactly(
                        "Read output  b1   ✓ 1 s  failed, exit 3",
                        "Output   Copy",
                        "out",
                        "Error output   Copy",
                        "err",
                        "Raw JSON");
    }

    @Test
    void theReportOfATaskIsShownInTheSameWay() {
        RenderedCard card =
                output(
                        """
                        <retrieval_status>success</retrieval_status>

                        <task_id>b1</task_id>

                        <task_type>local_bash</task_type>

                        <status>completed</status>

                        <exit_code>0</exit_code>

                        <output>
                        done
                        </output>\
                        """);
        assertThat(card.lines())
                .containsExactly(
                        "Read output  b1   ✓ 1 s  ended, exit 0",
                        "Output   Copy",
                        "done",
                        "Raw JSON");
    }

    @Test
    void aCommandThatPrintedNothingSaysSo() {
        assertThat(output("<status>running</status>").lines()).contains("No output");
    }

    @Test
    void elementsThatTheProgramPrintsAreOutput() {
        assertThat(
                        output(
                                        """
                                        <status>running</status>

                                        <stdout>
                                        <status>x</status>
                                        </stdout> y
                                        </stdout>\
                                        """)
                                .lines())
                .contains("<status>x</status>", "</stdout> y");
    }

    @Test
    void anEndedShellShowsTheMessage() {
        RenderedCard card =
                RenderedCard.call("KillShell", "{\"shell_id\":\"b1\"}")
                        .result("{\"message\":\"Killed shell b1\",\"shell_id\":\"b1\"}")
                        .toggle();
        assertThat(card.lines())
                .containsExactly("End command  b1   ✓ 1 s", "Killed shell b1", "Raw JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain <status>x</status>",
                "<status>x</status> rest",
                "{\"message\":",
                "{\"message\":1}",
                "{\"message\":\"of a program\",\"level\":\"info\"}",
                "<task_id>a</task_id>"
            })
    void anyOtherTextIsShownAsItIs(String text) {
        assertThat(output(text).lines()).contains(text);
    }

    @Test
    void aReportThatIsCutIsShownUpToThere() {
        assertThat(output("<status>running</status>\n\n<stdout>\nhalf").lines())
                .contains("half")
                .doesNotContain("<stdout>");
    }

    @Test
    void aLargeHostileReportIsNone() {
        String noise = "</stdout>   <\n".repeat(8_000);
        assertThat(TaskReport.of("<status>running</status><stdout>" + noise)).isNull();
    }
}
