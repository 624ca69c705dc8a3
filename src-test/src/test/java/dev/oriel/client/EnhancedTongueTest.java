package dev.oriel.client;

import static dev.oriel.client.Tongues.frame;
import static dev.oriel.client.Tongues.json;
import static dev.oriel.client.Tongues.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Every frame of section 1 of the wire facts.
class EnhancedTongueTest {
    private final EnhancedTongue tongue = new EnhancedTongue();

    private List<String> heard(String loose) {
        return words(tongue.heard(frame(loose)));
    }

    private void asks() {
        tongue.prompt(Tongue.ONLY, "u", "hello");
    }

    @Test
    void theFirstFrameLetsUsIn() {
        assertThat(heard("{'type':'connection_established','data':{'session_id':'session_1'}}"))
                .containsExactly("admitted");
    }

    @Test
    void aQueryNamesOnlyWhatWasChosen() {
        assertThat(words(tongue.prompt(Tongue.ONLY, "u", "hi")))
                .containsExactly("> {\"type\":\"query\",\"prompt\":\"hi\",\"options\":{}}");
        tongue.begin(Tongue.ONLY, new NewSession("/work", null, "m1", "plan"));
        assertThat(json(words(tongue.prompt(Tongue.ONLY, "u", "hi")).getFirst().substring(2)))
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
        assertThat(words(tongue.prompt(Tongue.ONLY, "u", "more")).getFirst())
                .contains("\"resume\":\"6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a01\"");
        tongue.end(Tongue.ONLY);
        assertThat(words(tongue.prompt(Tongue.ONLY, "u", "anew")).getFirst())
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
        assertThat(words(tongue.interrupt(Tongue.ONLY)))
                .containsExactly("> {\"type\":\"interrupt\"}");
        assertThat(heard("{'type':'interrupt_acknowledged'}")).containsExactly("stopping");
        assertThat(heard("{'type':'query_cancelled'}")).containsExactly("interrupted", "turnover");
        asks();
        assertThat(heard("{'type':'query_interrupted'}"))
                .containsExactly("interrupted", "turnover");
        assertThat(heard("{'type':'query_end'}")).isEmpty();
        assertThat(words(tongue.interrupt(Tongue.ONLY))).containsExactly("stopping");
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
        assertThat(words(tongue.closed(1006, "")).getLast()).isEqualTo("turnover");
        assertThat(words(tongue.closed(1006, ""))).isEmpty();
        assertThat(tongue.ending(new Ending.Lost("x"), 1008, "Invalid authentication"))
                .isEqualTo(new Ending.Refused("The server says: Invalid authentication"));
        assertThat(tongue.ending(new Ending.Lost("x"), 1000, "")).isEqualTo(new Ending.Lost("x"));
    }

    @Test
    void onlyAJsonWebTokenStandsInTheAddress() throws Exception {
        ServerAddress server = ServerAddress.parse("ws://host:8000/ws");
        assertThat(tongue.address(server, "plain")).hasToString("ws://host:8000/ws");
        assertThat(tongue.address(server, "aa.bb.cc"))
                .hasToString("ws://host:8000/ws?token=aa.bb.cc");
    }
}
