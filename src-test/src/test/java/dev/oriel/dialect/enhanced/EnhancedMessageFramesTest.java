package dev.oriel.dialect.enhanced;

import static dev.oriel.dialect.SessionEventFixtures.exited;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.message.Message;
import dev.oriel.session.event.SessionEvent.AgentExited;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnhancedMessageFramesTest {
    private static Message message(String json) throws Exception {
        return Message.parse(json.replace('\'', '"'));
    }

    private static Optional<ObjectNode> from(String json) throws Exception {
        return EnhancedMessageFrames.from(message(json));
    }

    @Test
    void theBlocksOfAnAnswerKeepTheirOrderAndOnlyTheirKnownMembers() throws Exception {
        ObjectNode frame =
                from("{'type':'assistant','message':{'content':["
                         + "{'type':'thinking','thinking':'hm'},"
                         + "{'type':'text','text':'a','citations':[]},"
                         + "{'type':'tool_use','id':'t','name':'Read','input':{},'caller':1},"
                         + "{'type':'later'}]}}")
                        .orElseThrow();
        assertThat(frame.path("type").asText()).isEqualTo("assistant_message");
        assertThat(frame.at("/data/content").toString().replace('"', '\''))
                .isEqualTo(
                        "[{'type':'text','text':'a'},"
                                + "{'type':'tool_use','id':'t','name':'Read','input':{}}]");
    }

    @Test
    void aToolResultIsReportedAndInputOfTheAgentIsNot() throws Exception {
        ObjectNode frame =
                from("{'type':'user','message':{'content':[{'type':'text','text':'prompt'},"
                                + "{'type':'tool_result','tool_use_id':'t','content':'x'}]}}")
                        .orElseThrow();
        assertThat(frame.at("/data/content").toString().replace('"', '\''))
                .isEqualTo(
                        "[{'type':'tool_result','tool_use_id':'t','content':'x','is_error':null}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'assistant','message':{'content':[{'type':'thinking','thinking':'x'}]}}",
                "{'type':'user','message':{'content':'a prompt'}}",
                "{'type':'stream_event','event':{}}",
                "{'type':'system','subtype':'thinking_tokens'}",
                "{'type':'system','subtype':'session_state_changed'}",
                "{'type':'system','subtype':'status','status':'requesting'}",
                "{'type':'of_a_later_cli'}"
            })
    void signsOfProgressHaveNoFrame(String json) throws Exception {
        assertThat(from(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'system','subtype':'init'}",
                "{'type':'system','subtype':'status','status':'compacting'}",
                "{'type':'system','subtype':'of_a_later_cli'}",
                "{'type':'system'}"
            })
    void otherSystemMessagesArePassedOnWhole(String json) throws Exception {
        assertThat(from(json).orElseThrow().path("data")).isEqualTo(message(json).tree());
    }

    @ParameterizedTest
    @CsvSource({"0.30000000000000004, 0.3", "1e-12, 0.0", "0.123456789012, 0.123456789"})
    void sumsAreRounded(double sum, double shown) throws Exception {
        JsonNode data =
                EnhancedMessageFrames.result(message("{'type':'result'}"), sum, sum).path("data");
        assertThat(data.path("cost_usd").asDouble()).isEqualTo(shown);
        assertThat(data.path("total_cost_usd").asDouble()).isEqualTo(shown);
    }

    @Test
    void aResultWithoutFiguresHasAllMembers() throws Exception {
        JsonNode data =
                EnhancedMessageFrames.result(
                                message("{'type':'result','subtype':'success','usage':'none'}"),
                                0,
                                0)
                        .path("data");
        assertThat(data.toString().replace('"', '\''))
                .isEqualTo(
                        "{'subtype':'success','cost_usd':0.0,'duration_ms':0,'session_id':'',"
                                + "'total_cost_usd':0.0,'num_turns':0,'usage':null}");
    }

    @Test
    void aCrashIsDescribedAsTheSdkDoes() {
        var crash = (AgentExited) exited(ExitCause.CRASHED, 3, "first", "last");
        assertThat(EnhancedMessageFrames.exitText(crash))
                .isEqualTo("CLI process failed (exit code: 3)\nError output: first\nlast");
        var silent = (AgentExited) exited(ExitCause.CRASHED, 3);
        assertThat(EnhancedMessageFrames.exitText(silent))
                .isEqualTo("CLI process failed (exit code: 3)");
    }

    @Test
    void anotherEndIsDescribedByTheSession() {
        assertThat(EnhancedMessageFrames.exitText((AgentExited) exited(ExitCause.CRASHED, null)))
                .isEqualTo("It is over.");
        assertThat(EnhancedMessageFrames.exitText((AgentExited) exited(ExitCause.ASKED, 0)))
                .isEqualTo("It is over.");
    }
}
