package dev.oriel.dialect.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerFramesTest {
    private static final String TEXT = "{'type':'text','text':'%s'}";
    private static final String TOOL =
            "{'type':'tool_use','id':'t1','name':'Agent','input':{'a':1}}";
    private static final String THINKING = "{'type':'thinking','thinking':'hm'}";

    private static JsonNode json(String text) throws Exception {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }

    private static JsonNode assistant(String... blocks) throws Exception {
        return json("{'message':{'content':[" + String.join(",", blocks) + "]}}");
    }

    private static JsonNode ofSubagent(String... blocks) throws Exception {
        return ((ObjectNode) assistant(blocks)).put("parent_tool_use_id", "t0");
    }

    private static AnswerFrames frames(ClientGeneration generation) {
        AnswerFrames frames = new AnswerFrames(UUID.randomUUID(), generation);
        frames.start();
        return frames;
    }

    private static List<String> contents(List<ObjectNode> frames) {
        return frames.stream()
                .map(f ->
                        f.has("tool")
                                ? "tool " + f.path("tool").asText()
                                : f.path("content").asText())
                .toList();
    }

    @Test
    void textAroundAToolUseIsSentInOrder() throws Exception {
        List<ObjectNode> sent =
                frames(ClientGeneration.FIRST)
                        .from(assistant(TEXT.formatted("a"), TOOL, TEXT.formatted("b"), THINKING));
        assertThat(contents(sent)).containsExactly("a", "tool Task", "b");
        assertThat(sent.get(0).path("message_id")).isNotEqualTo(sent.get(2).path("message_id"));
    }

    @Test
    void theSecondGenerationReceivesThePartsWholeTextAtItsEnd() throws Exception {
        AnswerFrames frames = frames(ClientGeneration.SECOND);
        List<ObjectNode> parts = frames.from(assistant(TEXT.formatted("a")));
        frames.from(assistant(TEXT.formatted("b")));
        ObjectNode end = frames.endFrame(json("{}"));
        assertThat(end.path("content").asText()).isEqualTo("ab");
        assertThat(end.path("complete").asBoolean()).isTrue();
        assertThat(end.path("message_id")).isEqualTo(parts.getFirst().path("message_id"));
    }

    /// Otherwise the client would append the text after the tool use to the same paragraph.
    @Test
    void theSecondGenerationReceivesAParagraphBreakBeforeATool() throws Exception {
        AnswerFrames frames = frames(ClientGeneration.SECOND);
        assertThat(contents(frames.from(assistant(TEXT.formatted("a"), TOOL))))
                .containsExactly("a", "\n\n", "tool Task");
        assertThat(contents(frames.from(assistant(TOOL)))).containsExactly("tool Task");
        assertThat(frames.endFrame(json("{}")).path("content").asText())
                .as("the new part has no text")
                .isEmpty();
    }

    @Test
    void theFirstGenerationReceivesNoTextAgainAtTheEnd() throws Exception {
        AnswerFrames frames = frames(ClientGeneration.FIRST);
        frames.from(assistant(TEXT.formatted("a")));
        assertThat(frames.endFrame(json("{}")).path("content").asText()).isEmpty();
    }

    @Test
    void theThirdGenerationReceivesAMessageAsAWhole() throws Exception {
        AnswerFrames frames = frames(ClientGeneration.THIRD);
        List<ObjectNode> sent =
                frames.from(assistant(TEXT.formatted("a"), TOOL, TEXT.formatted("b")));
        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst().path("type").asText()).isEqualTo("agent_tool_use");
        JsonNode content = sent.getLast().path("content");
        assertThat(content.path("text")).isEqualTo(json("['a','b']"));
        assertThat(content.at("/tools/0/name").asText()).isEqualTo("Task");
    }

    @ParameterizedTest
    @EnumSource
    void textOfASubagentIsNotPartOfTheAnswerAndItsToolUsesAreReported(ClientGeneration generation)
            throws Exception {
        AnswerFrames frames = frames(generation);
        List<ObjectNode> sent = frames.from(ofSubagent(TEXT.formatted("inner"), TOOL));
        assertThat(sent.toString()).contains("agent_tool_use").doesNotContain("inner");
        assertThat(frames.hasText()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aMessageWithoutVisibleContentHasNoFrames(ClientGeneration generation) throws Exception {
        AnswerFrames frames = frames(generation);
        assertThat(frames.from(assistant(THINKING))).isEmpty();
        assertThat(frames.from("")).isEmpty();
        assertThat(frames.hasText()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theTextOfATurnDoesNotCountForTheNext(ClientGeneration generation) throws Exception {
        AnswerFrames frames = frames(generation);
        frames.from("a command's output");
        assertThat(frames.hasText()).isTrue();
        frames.start();
        assertThat(frames.hasText()).isFalse();
    }

    @Test
    void onlyTheThirdGenerationReceivesToolResults() throws Exception {
        JsonNode user =
                assistant(
                        "{'type':'tool_result','tool_use_id':'t1','content':'x','is_error':true}");
        assertThat(frames(ClientGeneration.FIRST).fromToolResults(user)).isEmpty();
        assertThat(frames(ClientGeneration.SECOND).fromToolResults(user)).isEmpty();
        List<ObjectNode> sent = frames(ClientGeneration.THIRD).fromToolResults(user);
        assertThat(sent.getFirst().at("/content/tool_results/0"))
                .isEqualTo(
                        json(
                                "{'tool_use_id':'t1','is_error':true,'status':'completed',"
                                        + "'content':'x'}"));
    }

    @Test
    void theThirdGenerationReceivesTheFiguresOfTheTurn() throws Exception {
        ObjectNode end =
                frames(ClientGeneration.THIRD)
                        .endFrame(
                                json(
                                        "{'is_error':true,'num_turns':2,'duration_ms':5,"
                                                + "'total_cost_usd':0.5,'usage':null}"));
        assertThat(end.path("content"))
                .hasToString(
                        json("{'type':'result','success':false,'num_turns':2,'duration_ms':5,"
                                        + "'is_error':true,'cost_usd':0.5}")
                                .toString());
    }
}
