package dev.oriel.app.transcript.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.ClickAction;
import org.junit.jupiter.api.Test;

/// Commands: what ran, how it ended, and what it printed.
class CommandCardTest {
    private static RenderedCard bash(String input) {
        return RenderedCard.call("Bash", input);
    }

    @Test
    void anOpenedCardHasDescriptionCommandAndOutput() {
        RenderedCard card =
                bash("{\"command\":\"make\\nmake test\",\"description\":\"Build it\"}")
                        .result("done", "{\"stdout\":\"done\",\"stderr\":\"\"}")
                        .toggle();

        assertThat(card.lines())
                .containsExactly(
                        "Run  make …   ✓ 1 s",
                        "Build it   Copy command",
                        "make",
                        "make test",
                        "Output   Copy",
                        "done",
                        "Raw JSON");
        assertThat(card.actions())
                .contains(new ClickAction.Copy("make\nmake test"), new ClickAction.Copy("done"));
    }

    @Test
    void aFailedCommandShowsItsExitCodeAndIsOpen() {
        RenderedCard card =
                bash("{\"command\":\"false\"}").failure("Exit code 3\nout\n\u001b[31merr\u001b[0m");

        assertThat(card.head()).isEqualTo("Run  false   ✗ exit 3, 1 s");
        assertThat(card.lines()).contains("out", "err").doesNotContain("Exit code 3");
        assertThat(card.ink("err").classes()).contains("ansi-red");
    }

    @Test
    void aFailureWithoutAnExitCodeSaysThatItFailed() {
        RenderedCard card = bash("{\"command\":\"x\"}").failure("Command timed out after 2m");

        assertThat(card.head()).isEqualTo("Run  x   ✗ failed, 1 s");
        assertThat(card.lines()).contains("Command timed out after 2m");
    }

    @Test
    void errorOutputIsShownApart() {
        RenderedCard card =
                bash("{\"command\":\"cc\"}")
                        .result(
                                "built\nwarning: x",
                                "{\"stdout\":\"built\",\"stderr\":\"warning: x\"}")
                        .toggle();

        assertThat(card.lines())
                .containsSubsequence("Output   Copy", "built", "Error output   Copy", "warning: x")
                .hasSize(7);
    }

    @Test
    void aCommandThatContinuesInTheBackgroundShowsItsTask() {
        RenderedCard card =
                bash("{\"command\":\"npm start\",\"run_in_background\":true}")
                        .result("", "{\"stdout\":\"\",\"stderr\":\"\",\"backgroundTaskId\":\"b7\"}")
                        .toggle();

        assertThat(card.head()).endsWith("in the background");
        assertThat(card.lines()).contains("Background task b7").doesNotContain("No output");
    }

    @Test
    void aTimeoutIsNamed() {
        assertThat(
                        bash("{\"command\":\"x\"}")
                                .result(
                                        "",
                                        "{\"stdout\":\"\",\"stderr\":\"\","
                                            + "\"backgroundTaskId\":\"b7\",\"timedOutAfterMs\":120000}")
                                .toggle()
                                .lines())
                .contains("Not over after 2 min, so it continues in the background");
    }

    @Test
    void anInterruptedCommandSaysSo() {
        RenderedCard card =
                bash("{\"command\":\"sleep 9\"}")
                        .result("", "{\"stdout\":\"\",\"stderr\":\"\",\"interrupted\":true}")
                        .toggle();

        assertThat(card.head()).isEqualTo("Run  sleep 9   ■ stopped");
        assertThat(card.lines()).contains("Interrupted before it ended");
    }

    @Test
    void anExitCodeThatIsNoFailureShowsItsMeaning() {
        assertThat(
                        bash("{\"command\":\"grep x\"}")
                                .result(
                                        "",
                                        "{\"stdout\":\"\",\"stderr\":\"\",\"returnCodeInterpretation\":\"No"
                                            + " matches found\"}")
                                .head())
                .isEqualTo("Run  grep x   ✓ 1 s  No matches found");
    }

    @Test
    void savedOutputIsNamedWithItsFileAndShownFromTheStart() {
        RenderedCard card =
                bash("{\"command\":\"cat\"}")
                        .result(
                                "<persisted-output> preview for the model",
                                "{\"stdout\":\"the real start\",\"stderr\":\"\","
                                        + "\"persistedOutputPath\":\"/tmp/out.txt\"}")
                        .toggle();

        assertThat(card.lines())
                .contains("the real start", "The whole output is in /tmp/out.txt")
                .noneMatch(l -> l.contains("persisted-output"));
    }

    @Test
    void hiddenCharactersOfACommandAreWrittenOutAndCopiedAsTheyAre() {
        RenderedCard card = bash("{\"command\":\"rm \u202efdp.exe\\nls\"}").toggle();

        assertThat(card.lines()).contains("rm ⟨U+202E⟩fdp.exe");
        assertThat(card.actions()).contains(new ClickAction.Copy("rm \u202efdp.exe\nls"));
    }

    @Test
    void fiveMegabytesOfOutputKeepTheirStartAndEnd() {
        RenderedCard card =
                bash("{\"command\":\"yes\"}")
                        .result("first\n" + "y\n".repeat(2_500_000) + "last")
                        .toggle();

        assertThat(card.lines()).hasSizeLessThan(40).contains("first").contains("last");
    }

    @Test
    void damagedFactsAreIgnored() {
        for (String structured :
                new String[] {
                    "[]",
                    "3",
                    "\"text\"",
                    "{\"stdout\":7}",
                    "{\"stdout\":null,\"stderr\":[]}",
                    "{\"backgroundTaskId\":{}}",
                    "{\"file\":{}}",
                    "{\"structuredPatch\":\"x\"}",
                    "{\"answers\":{\"a\":{}}}",
                    "{\"newTodos\":[1,null,{}]}",
                    "{\"task\":{}}"
                }) {
            assertThat(bash("{\"command\":\"x\"}").result("text", structured).toggle().lines())
                    .as(structured)
                    .contains("text");
        }
    }

    @Test
    void aCommandInTheBackgroundTellsHowItEndedAndOpensItsOutput() {
        RenderedCard card =
                bash("{\"command\":\"serve\",\"description\":\"Serve\"}")
                        .result("Running", "{\"stdout\":\"\",\"backgroundTaskId\":\"b1\"}")
                        .toggle();
        assertThat(card.head()).contains("in the background").doesNotContain("failed");

        card.message(
                """
                {"type":"system","subtype":"task_updated","task_id":"b1","tool_use_id":"t1",
                 "patch":{"status":"failed"}}
                """);
        card.message(
                """
                {"type":"system","subtype":"task_notification","task_id":"b1","tool_use_id":"t1",
                 "status":"failed","output_file":"/tmp/b1.output",
                 "summary":"Background command \\"Serve\\" failed with exit code 3"}
                """);
        assertThat(card.head()).endsWith("✗ failed in the background").doesNotContain("✓");
        assertThat(card.ink("in the background").classes()).contains("state-failed");
        assertThat(card.lines())
                .contains(
                        "Background command \"Serve\" failed with exit code 3", "Open output file");
        assertThat(card.actions()).contains(new ClickAction.OpenFile("/tmp/b1.output"));
    }
}
