package dev.oriel.client.compat;

import static dev.oriel.client.compat.EffectSummary.frame;
import static dev.oriel.client.compat.EffectSummary.json;
import static dev.oriel.client.compat.EffectSummary.summarize;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.link.DisconnectReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every frame of section 5 of the wire facts, of the first generation and of the second.
class ManagerAdapterTest {
    private final ManagerAdapter tongue = new ManagerAdapter();

    private List<String> heard(String... loose) {
        List<String> all = new ArrayList<>();
        for (String l : loose) {
            all.addAll(summarize(tongue.onFrame(frame(l))));
        }
        return all;
    }

    private static String list(String status) {
        return "{'type':'sessions_list','sessions':[{'id':'s','status':'"
                + status
                + "','options':{},'created_at':'2026-01-02T03:04:05.000006','error_message':'broken'}]}";
    }

    @Test
    void theKeyGoesFirstAndTheListLetsUsIn() {
        assertThat(summarize(tongue.onOpen("key")))
                .containsExactly(
                        "> {\"type\":\"auth\",\"token\":\"key\"}",
                        "> {\"type\":\"list_sessions\"}");
        assertThat(summarize(tongue.onOpen(""))).containsExactly("> {\"type\":\"list_sessions\"}");
        assertThat(heard("{'type':'auth_success'}")).isEmpty();
        assertThat(heard("{'type':'sessions_list','sessions':[]}"))
                .containsExactly("admitted", "listed 0");
    }

    @Test
    void aRefusedKeyIsFinal() {
        tongue.onOpen("wrong");
        assertThat(heard("{'type':'error','message':'Invalid authentication token'}"))
                .containsExactly("refused");
        assertThat(tongue.ending(new DisconnectReason.Lost("x"), 1008, "Authentication required"))
                .isInstanceOf(DisconnectReason.Refused.class);
    }

    @Test
    void sessionsBeginAndEndByName() {
        assertThat(
                        json(
                                summarize(
                                                tongue.begin(
                                                        "s",
                                                        new NewSessionRequest(
                                                                "/w", null, null, null)))
                                        .getFirst()
                                        .substring(2)))
                .isEqualTo(
                        json(
                                "{'type':'create_session','session_id':'s','options':"
                                    + "{'working_directory':'/w','permission_mode':'default'}}"));
        assertThat(heard("{'type':'session_created','session_id':'s','session':{'id':'s'}}"))
                .containsExactly("began");
        assertThat(summarize(tongue.end("s")))
                .containsExactly("> {\"type\":\"end_session\",\"session_id\":\"s\"}");
        assertThat(heard("{'type':'session_ended','session_id':'s'}")).containsExactly("ended");
    }

    @Test
    void aRefusalBelongsToWhatWasAskedFirst() {
        tongue.begin("s", NewSessionRequest.DEFAULTS);
        assertThat(
                        heard(
                                "{'type':'error','message':'Maximum concurrent sessions (10)"
                                        + " reached','session_id':null,'details':null}"))
                .containsExactly("rejected s Maximum concurrent sessions (10) reached");
        tongue.end("s");
        assertThat(heard("{'type':'error','message':'Session s not found','session_id':null}"))
                .containsExactly("rejected s Session s not found");
        assertThat(heard("{'type':'error','message':'Unknown message type: x'}"))
                .containsExactly("trouble Unknown message type: x");
    }

    @Test
    void theFirstGenerationSaysEachTextOnceAndEndsWithNothing() {
        tongue.onOpen("");
        heard("{'type':'sessions_list','sessions':[]}");
        assertThat(summarize(tongue.prompt("s", "u", "hi")))
                .containsExactly(
                        "> {\"type\":\"send_prompt\",\"session_id\":\"s\",\"prompt\":\"hi\"}");
        // Nothing has begun: this is the list as it was before.
        assertThat(heard(list("idle"))).containsExactly("admitted", "listed 1");
        assertThat(heard("{'type':'agent_thinking','thinking':true,'session_id':'s'}"))
                .containsExactly("system status");
        assertThat(summarize(tongue.waited())).containsExactly("> {\"type\":\"list_sessions\"}");
        // One question at a time, however long it takes.
        assertThat(summarize(tongue.waited())).isEmpty();
        assertThat(
                        heard(
                                "{'type':'agent_thinking','thinking':false,'session_id':'s'}",
                                "{'type':'agent_message','content':'One.','complete':false,'session_id':'s'}",
                                "{'type':'agent_message','content':'Two.','complete':false,'session_id':'s'}",
                                "{'type':'agent_message','content':'','complete':true,'session_id':'s'}"))
                .containsExactly("text One.", "text Two.");
        assertThat(heard(list("idle")))
                .containsExactly("admitted", "listed 1", "result", "turnover");
        assertThat(summarize(tongue.waited())).isEmpty();
    }

    @Test
    void theSecondGenerationRepeatsItsTextAndItIsShownOnce() {
        tongue.prompt("s", "u", "hi");
        assertThat(
                        heard(
                                "{'type':'agent_message','content':'One"
                                        + " ','complete':false,'message_id':'a','session_id':'s'}",
                                "{'type':'agent_message','content':'two','complete':false,'message_id':'a','session_id':'s'}",
                                "{'type':'agent_tool_use','tool':'Bash','parameters':{'c':1},'tool_use_id':'t','session_id':'s'}",
                                "{'type':'agent_message','content':'One"
                                    + " two','complete':true,'message_id':'a','session_id':'s'}",
                                "{'type':'agent_message','content':'Three','complete':false,'message_id':'b','session_id':'s'}",
                                "{'type':'agent_message','content':'Three','complete':true,'message_id':'b','session_id':'s'}"))
                .containsExactly(
                        "text One ",
                        "text two",
                        "use Bash{\"c\":1}",
                        // A text is complete: perhaps the turn is as well.
                        "> {\"type\":\"list_sessions\"}",
                        "gave This server does not send what tools give.",
                        "text Three");
        assertThat(heard(list("processing"))).containsExactly("admitted", "listed 1");
        assertThat(heard(list("idle"))).endsWith("result", "turnover");
    }

    @Test
    void aTextThatOnlyComesAtItsEndIsShownToo() {
        tongue.prompt("s", "u", "hi");
        assertThat(
                        heard(
                                "{'type':'agent_message','content':'One','complete':false,'session_id':'s'}",
                                "{'type':'agent_message','content':'One and"
                                        + " more','complete':true,'session_id':'s'}"))
                .startsWith("text One", "text  and more");
    }

    @Test
    void anAskIsAnsweredOrWithdrawn() {
        tongue.prompt("s", "u", "hi");
        String ask =
                "{'type':'permission_request','session_id':'s','request_id':'r','tool':'Bash',"
                        + "'parameters':{'command':'ls'},'description':'List'}";
        assertThat(heard(ask)).containsExactly("ask Bash");
        assertThat(summarize(tongue.answer("s", "r", json("{'behavior':'allow'}"))))
                .containsExactly(
                        "> {\"type\":\"permission_response\",\"session_id\":\"s\",\"request_id\":\"r\",\"approved\":true}");
        assertThat(summarize(tongue.answer("s", "r", json("{'behavior':'deny','message':'no'}"))))
                .containsExactly(
                        "> {\"type\":\"permission_response\",\"session_id\":\"s\",\"request_id\":\"r\",\"approved\":false,\"reason\":\"no\"}");
        assertThat(
                        heard(
                                "{'type':'permission_acknowledged','session_id':'s','request_id':'r',"
                                    + "'approved':true,'tool':'Bash','status':'executing'}"))
                .containsExactly("withdrawn r");
        assertThat(heard("{'type':'error','message':'Permission request q not found'}"))
                .allMatch(w -> w.startsWith("trouble"));
    }

    @Test
    void aFailureEndsItsOwnSessionsTurn() {
        tongue.prompt("s", "u", "hi");
        tongue.prompt("t", "u", "hi");
        assertThat(heard("{'type':'agent_error','message':'broken pipe','session_id':'s'}"))
                .containsExactly("failed broken pipe", "turnover");
        assertThat(
                        heard(
                                "{'type':'error','message':'Failed to send prompt:"
                                        + " bad','session_id':null}"))
                .containsExactly("failed Failed to send prompt: bad", "turnover");
        tongue.prompt("s", "u", "hi");
        assertThat(heard("{'type':'error','message':'Session s not found','session_id':null}"))
                .containsExactly("failed Session s not found", "turnover");
        tongue.prompt("s", "u", "hi");
        heard("{'type':'agent_thinking','thinking':true,'session_id':'s'}");
        assertThat(heard(list("error"))).endsWith("failed broken", "turnover");
    }

    @Test
    void aLostConnectionEndsEverything() {
        tongue.prompt("s", "u", "hi");
        tongue.begin("n", NewSessionRequest.DEFAULTS);
        assertThat(summarize(tongue.onClose(1006, "")))
                .containsExactly(
                        "failed The connection was lost in the middle of the answer.",
                        "turnover",
                        "rejected n The connection was lost.");
    }

    @Test
    void whatItDoesNotKnowIsLeftOutAloud() {
        assertThat(heard("{'type':'pong','timestamp':'x'}", "{'type':'agents_killed'}")).isEmpty();
        assertThat(heard("{'type':'session_updated'}"))
                .containsExactly("ignored unknown type session_updated");
        assertThat(
                        heard(
                                "{'type':'agent_message','content':{'type':'assistant'},'session_id':'s'}"))
                .containsExactly("ignored agent_message without a text");
        assertThat(heard("7")).containsExactly("ignored no JSON object");
    }
}
