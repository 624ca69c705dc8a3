package dev.oriel.agent.api.history;

import static dev.oriel.testing.api.SampleMessages.assistant;
import static dev.oriel.testing.api.SampleMessages.call;
import static dev.oriel.testing.api.SampleMessages.prompt;
import static dev.oriel.testing.api.SampleMessages.result;
import static dev.oriel.testing.api.SampleMessages.text;
import static dev.oriel.testing.api.SampleMessages.thinking;
import static dev.oriel.testing.api.SampleMessages.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.message.Message;
import dev.oriel.testing.api.ApiRules;
import dev.oriel.testing.api.RandomJournal;
import dev.oriel.testing.api.SampleMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever part of a conversation is known, the API accepts what is made of it.
class HistoryRepairTest {
    private static final int JOURNALS = 300;

    private static ArrayNode messagesOf(List<Message> journal) {
        ConversationHistory history = new ConversationHistory();
        journal.forEach(history::append);
        return SampleMessages.parsed(history.messages());
    }

    private static void assertValid(ArrayNode messages, String of) {
        if (!messages.isEmpty()) {
            assertThat(ApiRules.checkMessages(messages)).as(of).isEmpty();
        }
    }

    @Test
    void eachPrefixOfAJournalIsValid() {
        for (int seed = 0; seed < JOURNALS; seed++) {
            List<Message> journal = RandomJournal.of(seed);
            ConversationHistory history = new ConversationHistory();
            for (int i = 0; i < journal.size(); i++) {
                history.append(journal.get(i));
                assertValid(
                        SampleMessages.parsed(history.messages()),
                        "journal " + seed + " up to " + i);
            }
        }
    }

    @Test
    void eachPartOfAJournalIsValid() {
        for (int seed = 0; seed < JOURNALS; seed++) {
            List<Message> journal = RandomJournal.of(seed);
            Random random = new Random(seed);
            for (int i = 0; i < 20; i++) {
                double kept = random.nextDouble();
                List<Message> part = new ArrayList<>(journal);
                part.removeIf(_ -> random.nextDouble() > kept);
                assertValid(messagesOf(part), "journal " + seed + ", part " + i);
            }
        }
    }

    @Test
    void aCallWithoutResultGetsOneThatSaysSo() {
        ArrayNode messages =
                messagesOf(
                        List.of(
                                prompt("go"),
                                assistant("m1", call("t1", "Read")),
                                assistant("m1", call("t2", "Read")),
                                user(result("t2", "two")),
                                prompt("and now?")));

        assertThat(messages.path(2).path("content"))
                .extracting(b -> b.path("type").asText() + " " + b.path("content").asText())
                .containsExactly(
                        "tool_result " + HistoryRepair.NO_RESULT, "tool_result two", "text ");
        assertThat(messages.path(2).path("content").path(0).path("is_error").asBoolean()).isTrue();
    }

    @Test
    void resultsThatCameBeforeTheLastBlockFollowTheWholeResponse() {
        ArrayNode messages =
                messagesOf(
                        List.of(
                                prompt("go"),
                                assistant("m1", call("t1", "Read")),
                                user(result("t1", "one")),
                                assistant("m1", call("t2", "Read")),
                                user(result("t2", "two"))));

        assertThat(messages).hasSize(3);
        assertThat(messages.path(1).path("content"))
                .extracting(b -> b.path("id").asText())
                .containsExactly("t1", "t2");
        assertThat(messages.path(2).path("content"))
                .extracting(b -> b.path("content").asText())
                .containsExactly("one", "two");
    }

    @Test
    void idsThatAServerRepeatsAreMadeUnique() {
        ArrayNode messages =
                messagesOf(
                        List.of(
                                prompt("go"),
                                assistant("m1", call("call_0", "Read")),
                                user(result("call_0", "one")),
                                assistant("m2", call("call_0", "Read")),
                                user(result("call_0", "two"))));

        assertThat(ApiRules.checkMessages(messages)).isEmpty();
        assertThat(messages.path(3).path("content").path(0).path("id").asText())
                .isEqualTo("call_0_2");
        JsonNode second = messages.path(4).path("content").path(0);
        assertThat(second.path("tool_use_id").asText()).isEqualTo("call_0_2");
        assertThat(second.path("content").asText()).isEqualTo("two");
    }

    @Test
    void aPausedResponseIsContinuedAsItIs() {
        Message paused =
                assistant(
                        "m1",
                        text("Searching"),
                        call("s1", "web_search").put("type", "server_tool_use"));
        assertThat(messagesOf(List.of(prompt("go"), paused)).path(1).path("content")).hasSize(2);

        var found = SampleMessages.block("web_search_tool_result").put("tool_use_id", "s1");
        found.putArray("content");
        ArrayNode after =
                messagesOf(
                        List.of(
                                prompt("go"),
                                paused,
                                SampleMessages.system("status"),
                                assistant("m2", found),
                                assistant("m2", text("Found.")),
                                prompt("thanks")));
        assertThat(ApiRules.checkMessages(after)).isEmpty();
        assertThat(after.path(1).path("content")).hasSize(4);
    }

    @Test
    void thinkingIsKeptWithItsSignatureOnly() {
        ArrayNode messages =
                messagesOf(
                        List.of(
                                prompt("go"),
                                assistant("m1", thinking("a", "sig")),
                                assistant("m1", thinking("cut", "")),
                                assistant("m1", call("t1", "Read")),
                                user(result("t1", "x"))));

        assertThat(messages.path(1).path("content"))
                .extracting(b -> b.path("type").asText())
                .containsExactly("thinking", "tool_use");
        assertThat(messages.path(1).path("content").path(0).path("signature").asText())
                .isEqualTo("sig");
    }

    @Test
    void theBeginningStaysTheSameWhenMoreFollows() {
        // Otherwise the conversation would not be read from the cache.
        ConversationHistory history = new ConversationHistory();
        history.append(prompt("go"));
        history.append(assistant("m1", text("  a  "), call("t", "Read")));
        history.append(user(result("t", "x")));
        String before = unmarked(history);
        history.append(assistant("m2", text("done")));
        history.append(prompt("more"));

        assertThat(unmarked(history)).startsWith(before.substring(0, before.length() - 1));
    }

    private static String unmarked(ConversationHistory history) {
        return SampleMessages.parsed(history.messages())
                .toString()
                .replace(",\"cache_control\":{\"type\":\"ephemeral\"}", "");
    }
}
