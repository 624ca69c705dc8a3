package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.QueryMeter.Outcome;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.event.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A query followed through what its session says, also where not all of that arrives.
class QueryRunTest {
    private static final String RESULT =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false}";
    private static final String TEXT =
            "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}}";

    private final UUID prompt = UUID.randomUUID();
    private final QueryRun run = new QueryRun(prompt, null, 1, 10);
    private final List<ObjectNode> frames = new ArrayList<>();

    private QueryRunTest hears(String... lines) {
        for (String line : lines) {
            try {
                frames.addAll(run.apply(Delivery.live(Message.parse(line))));
            } catch (MalformedMessageException e) {
                throw new IllegalArgumentException(line, e);
            }
        }
        return this;
    }

    private QueryRunTest begins() {
        frames.addAll(run.apply(new Delivery(UserMessages.prompt(prompt, "go"), 1)));
        return this;
    }

    private static String session(String state, double cost) {
        return "{\"type\":\"system\",\"subtype\":\"oriel_session\",\"session\":{\"state\":\"%s\",\"cost_usd\":%s}}"
                .formatted(state, cost);
    }

    private static String lifecycle(UUID uuid, String state) {
        return "{\"type\":\"command_lifecycle\",\"command_uuid\":\"%s\",\"state\":\"%s\"}"
                .formatted(uuid, state);
    }

    private List<String> types() {
        return frames.stream().map(f -> f.path("type").asText()).toList();
    }

    @Test
    void nothingOfAnotherPromptsTurnIsSaid() {
        hears(session("running", 1), TEXT, RESULT, session("idle", 2));
        assertThat(frames).isEmpty();
        begins().hears(session("running", 2), TEXT, RESULT, session("idle", 2.5));
        assertThat(types()).containsExactly("assistant_message", "result_message", "query_end");
        assertThat(frames.get(1).at("/data/cost_usd").asDouble()).isEqualTo(0.5);
        assertThat(frames.get(1).at("/data/total_cost_usd").asDouble()).isEqualTo(10.5);
        assertThat(run.phase()).isEqualTo(new QueryRun.Phase.Finished(Outcome.SUCCESS));
    }

    /// One that reads slowly is served from the journal, where there are no live messages, and then
    /// told how things stand.
    @Test
    void aSlowClientHearsTheEndToo() {
        begins().hears(TEXT, TEXT, RESULT);
        assertThat(types()).containsExactly("assistant_message", "assistant_message");
        hears(session("idle", 1.25));
        assertThat(types()).endsWith("result_message", "query_end");
    }

    @Test
    void whatComesBehindTheEndIsSomebodyElses() {
        begins().hears(RESULT, session("idle", 1));
        int before = frames.size();
        hears(session("running", 1), TEXT, RESULT, session("idle", 3));
        assertThat(frames).hasSize(before);
        assertThat(run.total()).isEqualTo(10);
    }

    @Test
    void aFailureFromBeforeIsNotItsOwn() {
        hears(session("failed", 1), lifecycle(UUID.randomUUID(), "queued"), session("failed", 1));
        assertThat(run.phase()).isInstanceOf(QueryRun.Phase.Waiting.class);
        hears(lifecycle(prompt, "queued"), session("failed", 1));
        assertThat(types()).containsExactly("error");
    }

    @Test
    void aPromptThatSomebodyCancelsIsOver() {
        hears(lifecycle(prompt, "queued"), lifecycle(prompt, "cancelled"));
        assertThat(types()).containsExactly("query_cancelled");
    }

    @Test
    void aTurnThatTheAgentBeganByItselfHasNoResultHere() {
        begins().hears(
                        "{\"type\":\"result\",\"subtype\":\"success\",\"origin\":{\"kind\":\"task-notification\"}}",
                        RESULT,
                        session("idle", 2));
        assertThat(types()).containsExactly("result_message", "query_end");
    }

    @Test
    void aResultThatIsAnErrorCountsAsOne() {
        begins().hears(
                        "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true}",
                        session("idle", 1));
        assertThat(run.phase()).isEqualTo(new QueryRun.Phase.Finished(Outcome.ERROR));
        assertThat(types()).containsExactly("result_message", "query_end");
    }

    private static String exited(String members) {
        return "{\"type\":\"system\",\"subtype\":\"oriel_agent_exited\",\"text\":\"It is over.\","
                + members
                + "}";
    }

    private String failure(String... lines) {
        begins().hears(lines);
        assertThat(types()).containsExactly("error");
        return frames.getFirst().at("/data/error").asText();
    }

    @Test
    void aProcessThatDiesIsToldInTheWordsOfTheSystem() {
        assertThat(
                        failure(
                                exited("\"cause\":\"crashed\",\"code\":3,\"last_words\":[]"),
                                session("failed", 1)))
                .isEqualTo("CLI process failed (exit code: 3)");
    }

    @Test
    void whatADyingProcessSaidIsToldWithIt() {
        assertThat(
                        failure(
                                exited(
                                        "\"cause\":\"crashed\",\"code\":1,\"last_words\":[\"no"
                                                + " key\",\"bye\"]"),
                                session("failed", 1)))
                .isEqualTo("CLI process failed (exit code: 1)\nError output: no key\nbye");
    }

    @Test
    void anEndThatIsNoCrashIsToldAsItIs() {
        assertThat(
                        failure(
                                exited("\"cause\":\"stopped\",\"code\":143,\"last_words\":[]"),
                                session("idle", 1)))
                .isEqualTo("It is over.");
    }

    /// 1.005 less 1 is no 0.005 in binary, and no client wants to show what it is.
    @Test
    void costsAreNumbersThatAPersonWouldWrite() {
        begins().hears(session("running", 1), RESULT, session("idle", 1.005));
        assertThat(frames.getFirst().at("/data/cost_usd").toString()).isEqualTo("0.005");
        assertThat(frames.getFirst().at("/data/total_cost_usd").toString()).isEqualTo("10.005");
    }

    @Test
    void aLostConversationThatNobodyNamedIsOnlySaid() {
        begins().hears(
                        "{\"type\":\"system\",\"subtype\":\"oriel_agent_exited\",\"cause\":\"conversation_gone\",\"text\":\"It"
                            + " is gone.\"}",
                        TEXT,
                        RESULT,
                        session("idle", 1));
        assertThat(frames.getFirst().toString())
                .isEqualTo(
                        "{\"type\":\"system_message\",\"data\":{\"type\":\"system\",\"subtype\":\"info\",\"message\":\"It"
                            + " is gone.\"}}");
        assertThat(types()).endsWith("assistant_message", "result_message", "query_end");
    }
}
