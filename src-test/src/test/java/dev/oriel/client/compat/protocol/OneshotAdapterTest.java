package dev.oriel.client.compat.protocol;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;
import static dev.oriel.client.compat.protocol.ProtocolAdapter.ONLY_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.compat.protocol.ProtocolEvent.Closed;
import dev.oriel.client.compat.protocol.ProtocolEvent.InterruptRequested;
import dev.oriel.client.compat.protocol.ProtocolEvent.Opened;
import dev.oriel.client.compat.protocol.ProtocolEvent.PromptSubmitted;
import dev.oriel.client.compat.protocol.ProtocolEvent.SessionEndRequested;
import dev.oriel.client.compat.protocol.ProtocolEvent.TurnPollDue;
import dev.oriel.client.link.DisconnectReason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every frame and close code of `embedded-server/docs/wire.md` 3.
class OneshotAdapterTest {
    private static final String TEXT =
            frame(
                    "{'type':'assistant','message':{'id':'m','content':[{'type':'text','text':'Zwölf"
                        + " Boxkämpfer'}]}}");
    private static final String RESULT = frame("{'type':'result','subtype':'success'}");

    private final AdapterDriver<OneshotAdapter.State> driver =
            new AdapterDriver<>(new OneshotAdapter());

    @BeforeEach
    void connect() {
        driver.open("");
    }

    private void submitPrompt() {
        assertThat(driver.prompt(ONLY_SESSION, "hi"))
                .containsExactly("> {\"prompt\":\"hi\"}", "system status");
    }

    @Test
    void eitherFirstFrameAcceptsTheConnection() {
        assertThat(driver.receive(frame("{'info':'send {prompt,meta}'}")))
                .containsExactly("accept");
        assertThat(driver.receive(frame("{'type':'connection_status','status':'connected'}")))
                .containsExactly("accept");
    }

    @Test
    void linesAreJoinedHoweverTheyWereCut() {
        submitPrompt();
        String all = TEXT + "\n" + RESULT + "\n";
        for (int cut = 1; cut < all.length(); cut++) {
            assertThat(driver.receive(all.substring(0, cut), all.substring(cut)))
                    .containsExactly("text Zwölf Boxkämpfer", "result");
        }
        List<String> letters = all.chars().mapToObj(c -> String.valueOf((char) c)).toList();
        assertThat(driver.receive(letters.toArray(String[]::new)))
                .containsExactly("text Zwölf Boxkämpfer", "result");
    }

    @Test
    void framesOfTheServerMayComeBetweenPiecesOfALine() {
        submitPrompt();
        assertThat(
                        driver.receive(
                                TEXT.substring(0, 20),
                                frame("{'error':'warning on stderr'}"),
                                TEXT.substring(20) + "\n"))
                .containsExactly("text Zwölf Boxkämpfer");
    }

    @Test
    void theLastLineNeedsNoLineBreak() {
        submitPrompt();
        driver.receive(TEXT + "\n" + RESULT.substring(0, 5));
        driver.receive(RESULT.substring(5));
        assertThat(driver.close(1000, "")).containsExactly("result", "finish turn");
    }

    @Test
    void theOldFormatIsPublishedAndTheEchoIgnored() {
        submitPrompt();
        assertThat(driver.receive(frame("{'type':'user_echo','content':'Received: hi'}")))
                .isEmpty();
        assertThat(
                        driver.receive(
                                frame(
                                        "{'type':'message','id':'m','role':'assistant','content':"
                                                + "[{'type':'text','text':'Old'}]}")))
                .containsExactly("text Old");
        assertThat(driver.receive("plain words\n")).containsExactly("system informational");
        assertThat(driver.receive(frame("{'no':'type'}")))
                .allMatch(w -> w.startsWith("note ignored"));
    }

    @Test
    void theCloseCodeTellsTheOutcome() {
        submitPrompt();
        assertThat(driver.close(1000, "")).containsExactly("result", "finish turn");
        assertThat(driver.disconnectReason(1000, "")).isInstanceOf(DisconnectReason.Finished.class);

        driver.open("");
        submitPrompt();
        driver.receive(frame("{'error':'no such '}"), frame("{'error':'flag'}"));
        assertThat(driver.close(1011, "")).containsExactly("failed no such flag", "finish turn");
        assertThat(driver.disconnectReason(1011, "")).isInstanceOf(DisconnectReason.Finished.class);

        driver.open("");
        submitPrompt();
        assertThat(driver.close(1011, "Timeout").getFirst()).contains("time");

        driver.open("");
        submitPrompt();
        driver.receive(frame("{'error':'Invalid prompt'}"));
        assertThat(driver.close(1008, "")).containsExactly("failed Invalid prompt", "finish turn");

        driver.open("");
        submitPrompt();
        driver.receive(RESULT + "\n");
        assertThat(driver.close(1011, "")).containsExactly("finish turn");

        driver.open("");
        submitPrompt();
        assertThat(driver.close(1006, "").getFirst()).startsWith("failed");
        assertThat(driver.disconnectReason(1006, "")).isInstanceOf(DisconnectReason.Lost.class);
    }

    @Test
    void aConnectionThatEndsBeforeAPromptIsLost() {
        assertThat(driver.close(1000, "")).isEmpty();
        assertThat(driver.disconnectReason(1000, "")).isInstanceOf(DisconnectReason.Lost.class);
        assertThat(driver.disconnectReason(1008, "")).isInstanceOf(DisconnectReason.Refused.class);
    }

    @Test
    void anInterruptReplacesTheConnection() {
        submitPrompt();
        assertThat(driver.interrupt(ONLY_SESSION))
                .containsExactly(
                        "confirm interrupt", "interrupted", "replace connection", "finish turn");
        assertThat(driver.interrupt(ONLY_SESSION)).containsExactly("confirm interrupt");
    }

    @Test
    void theAnswerOfASessionThatWasDeletedDoesNotEnterTheNextOne() {
        driver.prompt(ONLY_SESSION, "hi");
        assertThat(driver.end(ONLY_SESSION)).containsExactly("remove", "replace connection");
        driver.open("");
        assertThat(driver.end(ONLY_SESSION)).containsExactly("remove");
    }

    @Test
    void whatArrivesBeforeThePromptIsNoPartOfItsOutcome() {
        driver.open("");
        driver.receive("{'type':'result','subtype':'success'}", "{'error':'warming up'}");
        driver.prompt(ONLY_SESSION, "hi");
        assertThat(driver.close(1011, ""))
                .containsExactly("failed Claude ended with an error.", "finish turn");
    }

    @TestFactory
    List<DynamicTest> transitions() {
        OneshotAdapter.State ready = OneshotAdapter.State.INITIAL;
        OneshotAdapter.State running = ready.with(OneshotAdapter.Phase.RUNNING);
        OneshotAdapter.State finished = ready.with(OneshotAdapter.Phase.FINISHED);
        OneshotAdapter.State answered = running.withResult();
        ProtocolEvent prompt = new PromptSubmitted(ONLY_SESSION, "u", "hi");
        ProtocolEvent error = AdapterTable.frame("{'error':'broken'}");
        ProtocolEvent result = AdapterTable.frame("{'type':'result','subtype':'success'}\n");
        ProtocolEvent interrupt = new InterruptRequested(ONLY_SESSION);
        String finish = "finish turn";
        String confirm = "confirm interrupt";
        return new AdapterTable<>(new OneshotAdapter())
                .row(
                        "ready, prompt",
                        ready,
                        prompt,
                        running,
                        "> {\"prompt\":\"hi\"}",
                        "system status")
                .row("ready, error", ready, error, ready.plusErrorText("broken"), "problem broken")
                .row("running, error", running, error, running.plusErrorText("broken"))
                .row("running, result", running, result, answered, "result")
                .row("ready, interrupt", ready, interrupt, ready, confirm)
                .row(
                        "running, interrupt",
                        running,
                        interrupt,
                        finished,
                        confirm,
                        "interrupted",
                        "replace connection",
                        finish)
                .row("finished, interrupt", finished, interrupt, finished, confirm)
                .row("ready, closed", ready, new Closed(1000, ""), ready)
                .row("running, closed", running, new Closed(1000, ""), finished, "result", finish)
                .row(
                        "running, failed",
                        running.plusErrorText("why"),
                        new Closed(1011, ""),
                        finished.plusErrorText("why"),
                        "failed why",
                        finish)
                .row(
                        "running, failed without a text",
                        running,
                        new Closed(1011, ""),
                        finished,
                        "failed Claude ended with an error.",
                        finish)
                .row(
                        "running, lost",
                        running,
                        new Closed(1006, ""),
                        finished,
                        "failed The connection was lost in the middle of the answer.",
                        finish)
                .row(
                        "answered, closed",
                        answered,
                        new Closed(1011, ""),
                        finished.withResult(),
                        finish)
                .row("finished, closed", finished, new Closed(1000, ""), finished)
                .row("finished, opened", finished, new Opened(""), ready)
                .row("ready, end", ready, new SessionEndRequested(ONLY_SESSION), ready, "remove")
                .row("running, poll", running, new TurnPollDue(), running)
                .tests();
    }
}
