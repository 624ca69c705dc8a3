package dev.oriel.client.compat;

import static dev.oriel.client.compat.EffectSummary.json;
import static dev.oriel.client.compat.ProtocolAdapter.ONLY_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.link.DisconnectReason;
import org.junit.jupiter.api.Test;

/// Every frame of section 2 of the wire facts.
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
}
