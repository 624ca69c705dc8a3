package dev.oriel.agent.api.history;

import static dev.oriel.testing.api.SampleMessages.assistant;
import static dev.oriel.testing.api.SampleMessages.assistantJson;
import static dev.oriel.testing.api.SampleMessages.boundary;
import static dev.oriel.testing.api.SampleMessages.call;
import static dev.oriel.testing.api.SampleMessages.image;
import static dev.oriel.testing.api.SampleMessages.init;
import static dev.oriel.testing.api.SampleMessages.prompt;
import static dev.oriel.testing.api.SampleMessages.result;
import static dev.oriel.testing.api.SampleMessages.summary;
import static dev.oriel.testing.api.SampleMessages.text;
import static dev.oriel.testing.api.SampleMessages.thinking;
import static dev.oriel.testing.api.SampleMessages.user;
import static dev.oriel.testing.api.SampleMessages.userJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.api.ApiRules;
import dev.oriel.testing.api.SampleMessages;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationHistoryTest {
    private final ConversationHistory history = new ConversationHistory();

    private void append(Message... messages) {
        List.of(messages).forEach(history::append);
    }

    private ArrayNode messages() {
        return SampleMessages.parsed(history.messages());
    }

    /// The texts of all messages, with the role's first letter.
    private List<String> texts() {
        return messages()
                .valueStream()
                .flatMap(m ->
                        m.path("content")
                                .valueStream()
                                .map(b ->
                                        m.path("role").asText().charAt(0)
                                                + ":"
                                                + b.path("text").asText()))
                .toList();
    }

    @Test
    void aPromptThatIsInTheJournalAlreadyIsNotAddedTwice() {
        Message prompt = prompt("hi");
        append(prompt, prompt);

        assertThat(texts()).containsExactly("u:hi");
    }

    @Test
    void onlyWhatTheModelWasToldIsPartOfIt() {
        append(
                prompt("hi"),
                Message.of(userJson(text("stdout")).put("isReplay", true)),
                Message.of(userJson(text("meta")).put("isMeta", true)),
                Message.of(assistantJson("x", text("API Error")).put("is_api_error_message", true)),
                Message.of(assistantJson("y", text("inner")).put("parent_tool_use_id", "t")),
                SampleMessages.system("informational"),
                assistant("m1", text("hello")),
                Message.of(userJson(text("reminder")).put("isSynthetic", true)));

        assertThat(texts()).containsExactly("u:hi", "a:hello", "u:reminder");
    }

    @Test
    void aCommandThatTheAgentAnsweredItselfIsNoPrompt() {
        var answer = assistantJson("x", text("It cost nothing."));
        answer.putObject("local_command_run").put("command", "cost");
        ((com.fasterxml.jackson.databind.node.ObjectNode) answer.path("message"))
                .put("model", "<synthetic>");
        append(prompt("hi"), assistant("m1", text("hello")), prompt("/cost"), Message.of(answer));

        assertThat(texts()).containsExactly("u:hi", "a:hello");
    }

    @Test
    void aDroppedConversationCanBeReadAgain() {
        List<Message> all =
                List.of(
                        init("a", "1"),
                        prompt("hi"),
                        assistant("m1", thinking("t", "s"), text("ok")));
        all.forEach(history::append);
        ArrayNode before = messages();

        history.drop();
        assertThat(history.size()).isZero();
        all.forEach(history::append);
        assertThat(messages()).isEqualTo(before);
    }

    @Test
    void aStringIsATextBlock() {
        var message = Json.object().put("type", "user");
        message.putObject("message").put("role", "user").put("content", "plain");
        append(Message.of(message));

        assertThat(texts()).containsExactly("u:plain");
    }

    @Test
    void whatOrielSavedOfACutResponseIsReplacedByTheWholeBlock() {
        Message copy = Message.of(assistantJson("m1", text("Hel")).put("oriel_interrupted", true));
        append(prompt("hi"), copy);
        assertThat(texts()).containsExactly("u:hi", "a:Hel");

        append(assistant("m1", text("Hello")));
        assertThat(texts()).containsExactly("u:hi", "a:Hello");
    }

    @Test
    void aSummaryReplacesWhatWasBeforeExceptWhatIsKept() {
        Message kept = prompt("last");
        Message answer = assistant("m2", text("yes"));
        append(prompt("first"), assistant("m1", text("ok")), kept, answer);
        append(boundary(kept, answer), summary("It began."), prompt("next"));

        assertThat(texts()).containsExactly("u:It began.", "u:last", "a:yes", "u:next");
    }

    @Test
    void aResetForgetsEverything() {
        append(prompt("first"), assistant("m1", text("ok")));
        append(Message.of(Json.object().put("type", "conversation_reset")), prompt("new"));

        assertThat(texts()).containsExactly("u:new");
    }

    @Test
    void thinkingIsDroppedWhenAnotherModelOrAccountGoesOn() {
        append(init("a", "1"), prompt("hi"), assistant("m1", thinking("t", "s"), text("ok")));
        append(init("a", "1"));
        assertThat(messages().path(1).path("content")).hasSize(2);

        append(init("a", "2"));
        assertThat(messages().path(1).path("content")).hasSize(1);
    }

    @Test
    void theLastTwoMessagesOfTheUserEndWithMarkers() {
        append(prompt("1"), assistant("m1", text("a")), prompt("2"), assistant("m2", text("b")));
        append(user(text("3"), text("4")));

        assertThat(
                        messages()
                                .valueStream()
                                .flatMap(m -> m.path("content").valueStream())
                                .filter(b -> b.has("cache_control"))
                                .map(b -> b.path("text").asText()))
                .containsExactly("2", "4");
    }

    @Test
    void oldImagesGiveWay() {
        for (int i = 0; i < 120; i++) {
            append(
                    assistant("m" + i, call("t" + i, "Read")),
                    user(
                            SampleMessages.block("tool_result")
                                    .put("tool_use_id", "t" + i)
                                    .set(
                                            "content",
                                            Json.mapper().createArrayNode().add(image(30)))));
        }

        ArrayNode messages = messages();
        assertThat(ApiRules.checkMessages(messages)).isEmpty();
        assertThat(messages.toString()).contains("[image removed to save space]");
        assertThat(messages.path(messages.size() - 1).toString()).contains("\"image\"");
    }

    @Test
    void documentsOfManyMegabytesGiveWay() {
        for (int i = 0; i < 5; i++) {
            append(user(image(7_000_000), text("look")), assistant("m" + i, text("ok")));
        }

        assertThat(history.size()).isLessThan(25_000_000);
        assertThat(ApiRules.checkMessages(messages())).isEmpty();
    }

    @Test
    void theSizeIsThatOfTheLastResponseAndWhatWasAdded() throws Exception {
        append(prompt("a".repeat(3_500)));
        assertThat(history.estimatedTokens()).isBetween(1_000, 1_050);

        history.onUsage(
                Json.parseObject(
                        """
                        {"input_tokens":10,"cache_creation_input_tokens":20,
                         "cache_read_input_tokens":300,"output_tokens":4}\
                        """
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(history.estimatedTokens()).isEqualTo(334);

        append(user(image(1_000_000)));
        assertThat(history.estimatedTokens()).isBetween(334 + 1_600, 334 + 1_700);
    }

    @Test
    void afterAResumeTheSizeIsKnownFromTheLastResponse() {
        var answer = assistantJson("m1", text("ok"));
        ((com.fasterxml.jackson.databind.node.ObjectNode) answer.path("message"))
                .putObject("usage")
                .put("input_tokens", 5_000);
        append(prompt("hi"), Message.of(answer), user(result("none", "dropped")));

        assertThat(history.estimatedTokens()).isBetween(5_001, 5_100);
    }
}
