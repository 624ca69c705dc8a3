package dev.oriel.client.compat;

import static dev.oriel.client.compat.EffectSummary.frame;
import static dev.oriel.client.compat.EffectSummary.json;
import static dev.oriel.client.compat.EffectSummary.summarize;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.link.DisconnectReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every frame of section 2 of the wire facts.
class RelayAdapterTest {
    private final RelayAdapter tongue = new RelayAdapter();

    private List<String> heard(String loose) {
        return summarize(tongue.onFrame(frame(loose)));
    }

    @Test
    void aPromptIsAUserMessageOfTheAgentsOwn() {
        assertThat(
                        json(
                                summarize(tongue.prompt(ProtocolAdapter.ONLY, "u", "hi"))
                                        .getFirst()
                                        .substring(2)))
                .isEqualTo(
                        json(
                                "{'type':'user_message','data':{'type':'user','uuid':'u','session_id':'',"
                                    + "'message':{'role':'user','content':'hi'},'parent_tool_use_id':null}}"));
    }

    @Test
    void theAgentsMessagesComeAsTheyAreAndAResultEndsTheTurn() {
        assertThat(heard("{'type':'connected'}")).containsExactly("admitted");
        tongue.prompt(ProtocolAdapter.ONLY, "u", "hi");
        assertThat(
                        heard(
                                "{'type':'sdk_message','data':{'type':'assistant','message':{'id':'m','content':"
                                    + "[{'type':'text','text':'Hello'}]}}}"))
                .containsExactly("text Hello");
        assertThat(heard("{'type':'sdk_message','data':{'type':'result','subtype':'success'}}"))
                .containsExactly("result", "turnover");
        assertThat(summarize(tongue.onClose(1006, ""))).isEmpty();
    }

    @Test
    void stoppingHasNoReceipt() {
        assertThat(summarize(tongue.interrupt(ProtocolAdapter.ONLY)))
                .containsExactly("> {\"type\":\"interrupt\"}", "stopping");
    }

    @Test
    void anErrorEndsTheTurnThatRuns() {
        assertThat(heard("{'type':'error','error':'Invalid message format: x'}"))
                .containsExactly("trouble Invalid message format: x");
        tongue.prompt(ProtocolAdapter.ONLY, "u", "hi");
        assertThat(heard("{'type':'error','error':'Claude Code process exited with code 1'}"))
                .containsExactly("failed Claude Code process exited with code 1", "turnover");
    }

    @Test
    void whoFindsTheServerTakenDoesNotComeBack() {
        assertThat(heard("{'type':'error','error':'Server already has an active connection'}"))
                .containsExactly("refused");
        assertThat(tongue.ending(new DisconnectReason.Lost("x"), 1000, ""))
                .isInstanceOf(DisconnectReason.Refused.class);
        tongue.onOpen("");
        assertThat(tongue.ending(new DisconnectReason.Lost("x"), 1000, ""))
                .isInstanceOf(DisconnectReason.Lost.class);
    }

    @Test
    void whatMeansNothingHereIsLeftOut() {
        assertThat(heard("{'type':'info','data':'stderr'}")).isEmpty();
        assertThat(heard("{'type':'file_result','operation':'read_file'}")).isEmpty();
        assertThat(heard("{'type':'sdk_message','data':null}"))
                .allMatch(w -> w.startsWith("ignored"));
        assertThat(heard("{'type':'sdk_message','data':{'type':'control_request'}}"))
                .allMatch(w -> w.startsWith("ignored"));
        assertThat(heard("{'type':'news'}")).containsExactly("ignored unknown type news");
        assertThat(heard("null")).allMatch(w -> w.startsWith("ignored"));
    }
}
