package dev.oriel.agent.api.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.history.ConversationHistory;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.message.Json;
import dev.oriel.testing.api.SampleMessages;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextUsageTest {
    private final ConversationHistory history = new ConversationHistory();

    private static TurnSettings settings(int window) {
        return new TurnSettings(
                new ModelInfo(
                        "m", "M", "", window, 8_000, ModelInfo.Thinking.NONE, List.of(), null),
                8_000,
                List.of(Json.object().put("type", "text").put("text", "s".repeat(7_000))),
                new ToolCatalog(List.of(), null),
                null,
                null);
    }

    @Test
    void thePartsFillTheWindow() {
        history.append(SampleMessages.prompt("hello"));
        history.onUsage(Json.object().put("input_tokens", 30_000));

        JsonNode reply = ContextUsage.of(settings(200_000), history, 3_500);

        assertThat(reply.path("categories"))
                .extracting(c -> c.path("id").asText() + " " + c.path("kind").asText())
                .containsExactly(
                        "system_prompt used",
                        "memory_files used",
                        "messages used",
                        "autocompact_buffer buffer",
                        "free_space free");
        assertThat(
                        reply.path("categories")
                                .valueStream()
                                .mapToInt(c -> c.path("tokens").asInt())
                                .sum())
                .isEqualTo(200_000);
        assertThat(reply.path("totalTokens").asInt()).isEqualTo(30_000);
        assertThat(reply.path("percentage").asInt()).isEqualTo(15);
    }

    @Test
    void aConversationLargerThanTheWindowHasNoNegativeParts() {
        history.onUsage(Json.object().put("input_tokens", 30_000));

        JsonNode reply = ContextUsage.of(settings(8_000), history, 0);
        assertThat(reply.path("categories")).allMatch(c -> c.path("tokens").asInt() > 0);
    }

    @ParameterizedTest
    @CsvSource({
        "1000000, 128000, 859000",
        "200000, 32000, 155000",
        "200000, 64000, 123000",
        "1000000, 8000, 920000",
        "32000, 8000, 16000",
        "8000, 8000, 4000",
        "0, 8000, 0"
    })
    void theThresholdLeavesRoomForTheResponse(int window, int output, int threshold) {
        assertThat(ContextBudget.threshold(window, output)).isEqualTo(threshold);
    }
}
