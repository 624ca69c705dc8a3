package dev.oriel.client.compat.protocol;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static dev.oriel.client.compat.protocol.ProtocolAdapter.ONLY_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.compat.protocol.ProtocolEvent.Closed;
import dev.oriel.client.compat.protocol.ProtocolEvent.InterruptRequested;
import dev.oriel.client.compat.protocol.ProtocolEvent.Opened;
import dev.oriel.client.compat.protocol.ProtocolEvent.PromptSubmitted;
import dev.oriel.client.compat.protocol.ProtocolEvent.SessionEndRequested;
import dev.oriel.client.compat.protocol.ProtocolEvent.TurnPollDue;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.Message;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every frame of `embedded-server/docs/wire.md` 2.
class RelayAdapterTest {
    private final AdapterDriver<RelayAdapter.State> driver =
            new AdapterDriver<>(new RelayAdapter());

    @Test
    void aPromptIsSentAsAUserMessage() {
        assertThat(json(driver.prompt(ONLY_SESSION, "hi").getFirst().substring(2)))
                .isEqualTo(
                        json(
                                "{'type':'user_message','data':{'type':'user','uuid':'u','session_id':'',"
                                    + "'message':{'role':'user','content':'hi'},'parent_tool_use_id':null}}"));
    }

    @Test
    void messagesArePublishedAsTheyAreAndAResultFinishesTheTurn() {
        assertThat(driver.receive("{'type':'connected'}")).containsExactly("accept");
        driver.prompt(ONLY_SESSION, "hi");
        assertThat(
                        driver.receive(
                                "{'type':'sdk_message','data':{'type':'assistant','message':{'id':'m','content':"
                                    + "[{'type':'text','text':'Hello'}]}}}"))
                .containsExactly("text Hello");
        assertThat(
                        driver.receive(
                                "{'type':'sdk_message','data':{'type':'result','subtype':'success'}}"))
                .containsExactly("result", "finish turn");
        assertThat(driver.close(1006, "")).isEmpty();
    }

    @Test
    void anInterruptIsConfirmedAtOnceBecauseTheServerDoesNotRespond() {
        assertThat(driver.interrupt(ONLY_SESSION))
                .containsExactly("> {\"type\":\"interrupt\"}", "confirm interrupt");
    }

    @Test
    void anErrorFailsTheTurnThatRuns() {
        assertThat(driver.receive("{'type':'error','error':'Invalid message format: x'}"))
                .containsExactly("problem Invalid message format: x");
        driver.prompt(ONLY_SESSION, "hi");
        assertThat(
                        driver.receive(
                                "{'type':'error','error':'Claude Code process exited with code"
                                        + " 1'}"))
                .containsExactly("failed Claude Code process exited with code 1", "finish turn");
    }

    @Test
    void aServerWithAnotherClientIsNotTriedAgain() {
        assertThat(
                        driver.receive(
                                "{'type':'error','error':'Server already has an active"
                                        + " connection'}"))
                .containsExactly("note Another program is connected to this server.");
        assertThat(driver.disconnectReason(1000, "")).isInstanceOf(DisconnectReason.Refused.class);
        driver.open("");
        assertThat(driver.disconnectReason(1000, "")).isInstanceOf(DisconnectReason.Lost.class);
    }

    @Test
    void theErrorOfASecondClientInTheMiddleOfATurnFailsThatTurn() {
        driver.prompt(ONLY_SESSION, "hi");
        assertThat(
                        driver.receive(
                                "{'type':'error','error':'Server already has an active"
                                        + " connection'}"))
                .containsExactly("failed Server already has an active connection", "finish turn");
    }

    @Test
    void aSeqOfTheServerIsRemoved() {
        assertThat(
                        new RelayAdapter()
                                .on(
                                        RelayAdapter.State.IDLE,
                                        AdapterTable.frame(
                                                "{'type':'sdk_message','data':{'seq':9,'type':'stream_event'}}"))
                                .effects())
                .containsExactly(
                        new ProtocolEffect.Publish(
                                ONLY_SESSION, Message.of(json("{'type':'stream_event'}"))));
    }

    @Test
    void framesWithoutAMeaningAreIgnored() {
        assertThat(driver.receive("{'type':'info','data':'stderr'}")).isEmpty();
        assertThat(driver.receive("{'type':'file_result','operation':'read_file'}")).isEmpty();
        assertThat(driver.receive("{'type':'sdk_message','data':null}"))
                .allMatch(w -> w.startsWith("note ignored"));
        assertThat(driver.receive("{'type':'sdk_message','data':{'type':'control_request'}}"))
                .allMatch(w -> w.startsWith("note ignored"));
        assertThat(driver.receive("{'type':'news'}"))
                .containsExactly("note ignored: unknown type news");
        assertThat(driver.receive("null")).allMatch(w -> w.startsWith("note ignored"));
    }

    @TestFactory
    List<DynamicTest> transitions() {
        RelayAdapter.State idle = RelayAdapter.State.IDLE;
        RelayAdapter.State running = RelayAdapter.State.RUNNING;
        RelayAdapter.State refused = RelayAdapter.State.REFUSED;
        ProtocolEvent prompt = new PromptSubmitted(ONLY_SESSION, "u", "hi");
        ProtocolEvent result =
                AdapterTable.frame("{'type':'sdk_message','data':{'type':'result'}}");
        ProtocolEvent message =
                AdapterTable.frame(
                        "{'type':'sdk_message','data':{'type':'system','subtype':'status'}}");
        ProtocolEvent error = AdapterTable.frame("{'type':'error','error':'broken'}");
        ProtocolEvent taken =
                AdapterTable.frame(
                        "{'type':'error','error':'Server already has an active connection'}");
        ProtocolEvent closed = new Closed(1006, "");
        ProtocolEvent interrupt = new InterruptRequested(ONLY_SESSION);
        String sent =
                "> {\"type\":\"user_message\",\"data\":{\"type\":\"user\",\"uuid\":\"u\",\"session_id\":\"\","
                    + "\"message\":{\"role\":\"user\",\"content\":\"hi\"},\"parent_tool_use_id\":null}}";
        String lost =
                "failed The connection was lost; the server may still be working on the answer.";
        String stop = "> {\"type\":\"interrupt\"}";
        String another = "note Another program is connected to this server.";
        return new AdapterTable<>(new RelayAdapter())
                .row("idle, prompt", idle, prompt, running, sent)
                .row("idle, message", idle, message, idle, "system status")
                .row("running, message", running, message, running, "system status")
                .row("running, result", running, result, idle, "result", "finish turn")
                .row("running, error", running, error, idle, "failed broken", "finish turn")
                .row("idle, error", idle, error, idle, "problem broken")
                .row("idle, taken", idle, taken, refused, another)
                .row("running, closed", running, closed, idle, lost, "finish turn")
                .row("idle, closed", idle, closed, idle)
                .row("refused, closed", refused, closed, refused)
                .row("running, opened", running, new Opened(""), idle)
                .row("refused, opened", refused, new Opened(""), idle)
                .row("idle, interrupt", idle, interrupt, idle, stop, "confirm interrupt")
                .row("running, interrupt", running, interrupt, running, stop, "confirm interrupt")
                .row("idle, end", idle, new SessionEndRequested(ONLY_SESSION), idle, "remove")
                .row("running, poll", running, new TurnPollDue(), running)
                .tests();
    }
}
