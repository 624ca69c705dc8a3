package dev.oriel.client.compat;

import static dev.oriel.client.compat.EffectSummary.frame;
import static dev.oriel.client.compat.EffectSummary.json;
import static dev.oriel.client.compat.EffectSummary.summarize;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.link.DisconnectReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every frame of section 1 of the wire facts.
class EnhancedAdapterTest {
    private final EnhancedAdapter tongue = new EnhancedAdapter();

    private List<String> heard(String loose) {
        return summarize(tongue.onFrame(frame(loose)));
    }

    private void asks() {
        tongue.prompt(ProtocolAdapter.ONLY, "u", "hello");
    }

    @Test
    void theFirstFrameLetsUsIn() {
        assertThat(heard("{'type':'connection_established','data':{'session_id':'session_1'}}"))
                .containsExactly("admitted");
    }

    @Test
    void aQueryNamesOnlyWhatWasChosen() {
        assertThat(summarize(tongue.prompt(ProtocolAdapter.ONLY, "u", "hi")))
                .containsExactly("> {\"type\":\"query\",\"prompt\":\"hi\",\"options\":{}}");
        tongue.begin(ProtocolAdapter.ONLY, new NewSessionRequest("/work", null, "m1", "plan"));
        assertThat(
                        json(
                                summarize(tongue.prompt(ProtocolAdapter.ONLY, "u", "hi"))
                                        .getFirst()
                                        .substring(2)))
                .isEqualTo(
                        json(
                                "{'type':'query','prompt':'hi','options':{'permission_mode':'plan',"
                                        + "'model':'m1','cwd':'/work'}}"));
    }

    @Test
    void theNextQueryResumesTheConversationTheLastOneToldOf() {
        asks();
        heard(
                "{'type':'result_message','data':{'subtype':'success',"
                        + "'session_id':'6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a01'}}");
        heard("{'type':'query_end'}");
        assertThat(summarize(tongue.prompt(ProtocolAdapter.ONLY, "u", "more")).getFirst())
                .contains("\"resume\":\"6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a01\"");
        tongue.end(ProtocolAdapter.ONLY);
        assertThat(summarize(tongue.prompt(ProtocolAdapter.ONLY, "u", "anew")).getFirst())
                .doesNotContain("resume");
    }

    @Test
    void aTurnIsToldInOrderAndOverWithItsEnd() {
        asks();
        assertThat(heard("{'type':'query_start','data':{'prompt':'hello'}}"))
                .containsExactly("system status");
        assertThat(heard("{'type':'system_message','data':{'type':'system','subtype':'init'}}"))
                .containsExactly("system init");
        assertThat(
                        heard(
                                "{'type':'assistant_message','data':{'content':[{'type':'text','text':'Hi'},"
                                    + "{'type':'tool_use','id':'t','name':'Bash','input':{'a':1}},"
                                    + "{'type':'tool_result','tool_use_id':'t','content':'ok','is_error':null}]}}"))
                .containsExactly("text Hi + use Bash{\"a\":1}", "gave ok");
        assertThat(
                        heard(
                                "{'type':'result_message','data':{'subtype':'success','cost_usd':0.1,"
                                    + "'total_cost_usd':0.3,'duration_ms':5,'num_turns':1,'usage':null}}"))
                .containsExactly("result");
        assertThat(heard("{'type':'query_end'}")).containsExactly("turnover");
        assertThat(heard("{'type':'query_end'}")).isEmpty();
    }

    @Test
    void anInterruptIsToldOnceHoweverTheServerEndsIt() {
        asks();
        assertThat(summarize(tongue.interrupt(ProtocolAdapter.ONLY)))
                .containsExactly("> {\"type\":\"interrupt\"}");
        assertThat(heard("{'type':'interrupt_acknowledged'}")).containsExactly("stopping");
        assertThat(heard("{'type':'query_cancelled'}")).containsExactly("interrupted", "turnover");
        asks();
        assertThat(heard("{'type':'query_interrupted'}"))
                .containsExactly("interrupted", "turnover");
        assertThat(heard("{'type':'query_end'}")).isEmpty();
        assertThat(summarize(tongue.interrupt(ProtocolAdapter.ONLY))).containsExactly("stopping");
    }

    @Test
    void anErrorEndsAQueryUnlessItIsAboutAnother() {
        assertThat(heard("{'type':'error','data':{'error':'Tool registry not available'}}"))
                .containsExactly("trouble Tool registry not available");
        asks();
        assertThat(
                        heard(
                                "{'type':'error','data':{'error':'A query is already in progress."
                                        + " Use interrupt to stop it.'}}"))
                .allMatch(w -> w.startsWith("trouble"));
        assertThat(heard("{'type':'error','data':{'error':'CLI process failed'}}"))
                .containsExactly("failed CLI process failed", "turnover");
    }

    @Test
    void whatItDoesNotKnowIsLeftOutAloudAndWhatItKnowsQuietly() {
        for (String quiet : List.of("pong", "input_acknowledged", "tool_defined", "tools_list")) {
            assertThat(heard("{'type':'" + quiet + "','data':{}}")).isEmpty();
        }
        assertThat(heard("{'type':'oauth_status'}"))
                .containsExactly("ignored unknown type oauth_status");
        assertThat(heard("nonsense")).containsExactly("ignored no JSON object");
        assertThat(heard("[]")).containsExactly("ignored no JSON object");
        assertThat(heard("{'type':'system_message'}"))
                .containsExactly("ignored system_message without data");
    }

    @Test
    void noServerSpeaksInOrielsOwnName() {
        assertThat(heard("{'type':'system_message','data':{'subtype':'oriel_session'}}"))
                .containsExactly("ignored system_message");
    }

    @Test
    void aLostConnectionEndsTheQueryAndARefusalIsFinal() {
        asks();
        assertThat(summarize(tongue.onClose(1006, "")).getLast()).isEqualTo("turnover");
        assertThat(summarize(tongue.onClose(1006, ""))).isEmpty();
        assertThat(tongue.ending(new DisconnectReason.Lost("x"), 1008, "Invalid authentication"))
                .isEqualTo(new DisconnectReason.Refused("The server says: Invalid authentication"));
        assertThat(tongue.ending(new DisconnectReason.Lost("x"), 1000, ""))
                .isEqualTo(new DisconnectReason.Lost("x"));
    }

    @Test
    void onlyAJsonWebTokenStandsInTheAddress() throws Exception {
        ServerAddress server = ServerAddress.parse("ws://host:8000/ws");
        assertThat(tongue.address(server, "plain")).hasToString("ws://host:8000/ws");
        assertThat(tongue.address(server, "aa.bb.cc"))
                .hasToString("ws://host:8000/ws?token=aa.bb.cc");
    }
}
