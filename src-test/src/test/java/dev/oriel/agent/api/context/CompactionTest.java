package dev.oriel.agent.api.context;

import static dev.oriel.testing.api.SampleMessages.assistant;
import static dev.oriel.testing.api.SampleMessages.call;
import static dev.oriel.testing.api.SampleMessages.prompt;
import static dev.oriel.testing.api.SampleMessages.result;
import static dev.oriel.testing.api.SampleMessages.text;
import static dev.oriel.testing.api.SampleMessages.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.history.ConversationHistory;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.ApiRequest;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.api.ApiRules;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.SampleMessages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class CompactionTest {
    private static final TurnSettings SETTINGS =
            new TurnSettings(
                    new ModelInfo(
                            "m", "M", "", 100_000, 8_000, ModelInfo.Thinking.NONE, List.of(), null),
                    8_000,
                    List.of(Json.object().put("type", "text").put("text", "system")),
                    new ToolCatalog(List.of(), null),
                    null,
                    null);
    private static final int THRESHOLD = 100_000 - 8_000 - 13_000;

    private final ConversationHistory history = new ConversationHistory();
    private final FakeApi api = new FakeApi();
    private final List<Message> journal = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<JsonNode> usages = new ArrayList<>();
    private final CancelScope cancel = new CancelScope();
    private final Compaction compaction =
            new Compaction(
                    history,
                    api,
                    new TurnMessages(UUID.randomUUID()),
                    this::emit,
                    (_, usage) -> usages.add(usage),
                    (duration, _) -> pauses.add(duration));

    private void emit(List<Message> messages) {
        journal.addAll(messages);
        messages.forEach(history::append);
    }

    private void append(Message... messages) {
        emit(List.of(messages));
    }

    /// Turns of about 1,000 tokens each.
    private void appendTurns(int count) {
        for (int i = 0; i < count; i++) {
            append(
                    prompt("prompt " + i),
                    assistant("m" + i, call("t" + i, "Read")),
                    user(result("t" + i, "x".repeat(3_500))),
                    assistant("n" + i, text("answer " + i)));
        }
    }

    private List<String> types() {
        return journal.stream().map(m -> m.subtype() == null ? m.type() : m.subtype()).toList();
    }

    private static String sent(ApiRequest request) {
        StringBuilder all = new StringBuilder();
        request.messages().forEach(m -> all.append(new String(m, StandardCharsets.UTF_8)));
        return all.toString();
    }

    private static ApiException failure(int status, String text) {
        return new ApiException(ApiException.Kind.STATUS, status, "", text, null, null);
    }

    @Test
    void itIsReachedBeforeTheWindowIsFull() throws Exception {
        append(prompt("hi"));
        assertThat(compaction.isReached(SETTINGS)).isFalse();

        history.onUsage(Json.object().put("input_tokens", THRESHOLD - 100));
        assertThat(compaction.isReached(SETTINGS)).isFalse();
        append(prompt("x".repeat(1_000)));
        assertThat(compaction.isReached(SETTINGS)).isTrue();
    }

    @Test
    void theSummaryReplacesWhatWasBeforeTheLastTurns() throws Exception {
        appendTurns(30);
        append(prompt("now this"));
        api.text("<analysis>hm</analysis><summary>They did 20 turns.</summary>");

        assertThat(compaction.compact(SETTINGS, cancel)).isTrue();

        String after = SampleMessages.parsed(history.messages()).toString();
        assertThat(after)
                .contains("They did 20 turns.", "answer 29", "now this")
                .doesNotContain("answer 5\"", "<analysis>");
        assertThat(ApiRules.checkMessages(SampleMessages.parsed(history.messages()))).isEmpty();
        assertThat(history.estimatedTokens()).isLessThan(11_000);
        assertThat(compaction.isReached(SETTINGS)).isFalse();
        assertThat(types().subList(types().size() - 4, types().size()))
                .containsExactly("status", "status", "compact_boundary", "user");
        JsonNode boundary = journal.get(journal.size() - 2).tree().path("compact_metadata");
        assertThat(boundary.path("trigger").asText()).isEqualTo("auto");
        assertThat(boundary.path("pre_tokens").asInt()).isGreaterThan(30_000);
        assertThat(boundary.path("post_tokens").asInt()).isBetween(5_000, 12_000);
        assertThat(journal.getLast().tree().path("isCompactSummary").asBoolean()).isTrue();
        assertThat(usages).hasSize(1);
    }

    @Test
    void aResumedConversationBeginsWithTheSummary() throws Exception {
        appendTurns(30);
        api.text("<summary>Short.</summary>");
        compaction.compact(SETTINGS, cancel);
        append(prompt("next"));

        ConversationHistory resumed = new ConversationHistory();
        journal.forEach(resumed::append);
        assertThat(SampleMessages.parsed(resumed.messages()))
                .isEqualTo(SampleMessages.parsed(history.messages()));
    }

    @Test
    void theRequestIsTheConversationAndTheInstruction() throws Exception {
        appendTurns(2);
        api.text("ok");
        compaction.compactNow(SETTINGS, cancel, "Keep the %s names of tests.");

        ApiRequest request = api.requests().getFirst();
        assertThat(request.system()).isEqualTo(SETTINGS.system());
        assertThat(request.toolChoice()).isNull();
        assertThat(sent(request))
                .contains("answer 0", "Keep the %s names of tests.", "Write a summary");
        assertThat(ApiRules.checkMessages(SampleMessages.parsed(request.messages()))).isEmpty();
        assertThat(SampleMessages.parsed(history.messages())).hasSize(1);
    }

    @Test
    void withinATurnTheCallsStayWithTheirResults() throws Exception {
        appendTurns(12);
        append(prompt("big"), assistant("b", call("big", "Read")));
        append(user(result("big", "y".repeat(60_000))));
        api.text("<summary>s</summary>");

        assertThat(compaction.compact(SETTINGS, cancel)).isTrue();
        assertThat(ApiRules.checkMessages(SampleMessages.parsed(history.messages()))).isEmpty();
        assertThat(SampleMessages.parsed(history.messages())).hasSize(1);
    }

    @Test
    void anUnansweredPromptIsKeptWhateverItsSize() throws Exception {
        appendTurns(12);
        append(prompt("z".repeat(60_000)));
        api.text("<summary>s</summary>");

        compaction.compact(SETTINGS, cancel);
        assertThat(SampleMessages.parsed(history.messages()).toString()).contains("zzzz");
    }

    @Test
    void aModelThatCallsAToolIsAskedOnceMore() throws Exception {
        appendTurns(3);
        api.call("t", "Read", Json.object()).text("The summary");

        assertThat(compaction.compact(SETTINGS, cancel)).isTrue();
        assertThat(api.requests().getLast().toolChoice()).isNotNull();
    }

    @Test
    void errorsThatPassAreRepeated() throws Exception {
        appendTurns(3);
        api.fails(failure(529, "Overloaded")).fails(failure(500, "oops")).text("ok");

        assertThat(compaction.compact(SETTINGS, cancel)).isTrue();
        assertThat(pauses).hasSize(2);
    }

    @Test
    void aConversationThatIsTooLongForItsSummaryIsSummarizedInPart() throws Exception {
        appendTurns(40);
        api.fails(failure(400, "prompt is too long: 210000 tokens > 200000 maximum")).text("ok");

        assertThat(compaction.compact(SETTINGS, cancel)).isTrue();
        assertThat(sent(api.requests().getLast()).length())
                .isLessThan(sent(api.requests().getFirst()).length() * 6 / 10);
        assertThat(
                        ApiRules.checkMessages(
                                SampleMessages.parsed(api.requests().getLast().messages())))
                .isEmpty();
    }

    @Test
    void withoutASummaryOldResultsAreLeftOut() throws Exception {
        appendTurns(40);
        int before = history.estimatedTokens();
        api.fails(failure(401, "The key is not valid."));

        assertThat(compaction.compact(SETTINGS, cancel)).isTrue();
        assertThat(history.estimatedTokens()).isLessThan(before / 2);
        assertThat(SampleMessages.parsed(history.messages()).toString())
                .contains("answer 0", "[removed to save space]");
        assertThat(journal.getLast().toString()).contains("The key is not valid.", "left out");
        assertThat(types()).doesNotContain("compact_boundary");
    }

    @Test
    void aShortConversationThatCannotBeSummarizedStaysAsItIs() throws Exception {
        appendTurns(2);
        String before = SampleMessages.parsed(history.messages()).toString();
        api.fails(failure(401, "The key is not valid."));

        assertThat(compaction.compactNow(SETTINGS, cancel, "")).isFalse();
        assertThat(SampleMessages.parsed(history.messages()).toString()).isEqualTo(before);
        assertThat(journal.get(journal.size() - 2).toString())
                .contains("\"compact_result\":\"failed\"");
    }

    @Test
    void aCutResponseIsNoSummary() throws Exception {
        appendTurns(2);
        for (int i = 0; i < 3; i++) {
            api.then(FakeApi.start());
        }

        assertThat(compaction.compactNow(SETTINGS, cancel, "")).isFalse();
        assertThat(types()).doesNotContain("compact_boundary");
    }

    @Test
    void withoutASummaryTheTurnGoesOnAsLongAsThereIsRoom() throws Exception {
        append(prompt("hi"), assistant("m", text("x".repeat(70_000))));
        history.onUsage(Json.object().put("input_tokens", THRESHOLD + 100));
        api.fails(failure(401, "The key is not valid."));
        assertThat(compaction.compact(SETTINGS, cancel)).isTrue();
        assertThat(compaction.isReached(SETTINGS)).isFalse();

        history.onUsage(Json.object().put("input_tokens", 99_000));
        api.fails(failure(401, "The key is not valid."));
        assertThat(compaction.isReached(SETTINGS)).isTrue();
        assertThat(compaction.compact(SETTINGS, cancel)).isFalse();
    }

    @Test
    void anInterruptLeavesTheConversationAsItIs() {
        appendTurns(2);
        String before = SampleMessages.parsed(history.messages()).toString();
        api.then((scope, _) -> {
            scope.cancel();
            throw new CancellationException();
        });

        assertThatThrownBy(() -> compaction.compact(SETTINGS, cancel))
                .isInstanceOf(CancellationException.class);
        assertThat(SampleMessages.parsed(history.messages()).toString()).isEqualTo(before);
        assertThat(journal.getLast().toString()).contains("\"compact_result\":\"failed\"");
    }

    @Test
    void aMessageThatAloneIsTooLongIsNotSummarizedWithoutEnd() throws Exception {
        append(prompt("z".repeat(400_000)));
        api.text("<summary>s</summary>");
        assertThat(compaction.isReached(SETTINGS)).isTrue();
        compaction.compact(SETTINGS, cancel);

        assertThat(compaction.isReached(SETTINGS)).isFalse();
    }
}
