package dev.oriel.agent.cli.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import org.junit.jupiter.api.Test;

/// Replies to the asks of a CLI, made complete.
class PendingCliAsksTest {
    private final PendingCliAsks asks = new PendingCliAsks();

    private static Message ask(String id, String input) throws Exception {
        return Message.parse(
                """
                {"type":"control_request","request_id":"%s","request":{"subtype":"can_use_tool",\
                "tool_name":"Bash","input":%s}}\
                """
                        .formatted(id, input));
    }

    private static Message verdict(String id, String json) throws Exception {
        return Message.parse(
                """
                {"type":"control_response","response":{"subtype":"success","request_id":"%s",\
                "response":%s}}\
                """
                        .formatted(id, json));
    }

    private JsonNode complete(Message reply) throws Exception {
        return Json.mapper().readTree(asks.complete(reply).orElseThrow()).at("/response/response");
    }

    @Test
    void anAllowCarriesTheInputThatWasAskedFor() throws Exception {
        asks.add(ask("1", "{\"command\":\"ls\"}"));
        JsonNode reply = complete(verdict("1", "{\"behavior\":\"allow\"}"));
        assertThat(reply.at("/updatedInput/command").asText()).isEqualTo("ls");
    }

    @Test
    void anInputThatTheUserChangedIsKept() throws Exception {
        asks.add(ask("1", "{\"command\":\"ls\"}"));
        JsonNode reply =
                complete(verdict("1", "{\"behavior\":\"allow\",\"updatedInput\":{\"a\":1}}"));
        assertThat(reply.path("updatedInput").toString()).isEqualTo("{\"a\":1}");
    }

    @Test
    void anAllowOfAnAskWithoutInputCarriesAnEmptyOne() throws Exception {
        asks.add(ask("1", "null"));
        JsonNode reply = complete(verdict("1", "{\"behavior\":\"allow\"}"));
        assertThat(reply.path("updatedInput").isObject()).isTrue();
    }

    @Test
    void aDenyCarriesAMessage() throws Exception {
        asks.add(ask("1", "{}"));
        asks.add(ask("2", "{}"));
        assertThat(complete(verdict("1", "{\"behavior\":\"deny\"}")).path("message").asText())
                .isNotEmpty();
        assertThat(
                        complete(verdict("2", "{\"behavior\":\"deny\",\"message\":\"No.\"}"))
                                .path("message")
                                .asText())
                .isEqualTo("No.");
    }

    @Test
    void aReplyToNoPendingAskIsDropped() throws Exception {
        asks.add(ask("withdrawn", "{}"));
        asks.remove("withdrawn");
        asks.add(ask("replied", "{}"));
        asks.complete(verdict("replied", "{\"behavior\":\"deny\"}"));
        assertThat(asks.complete(verdict("withdrawn", "{\"behavior\":\"deny\"}"))).isEmpty();
        assertThat(asks.complete(verdict("replied", "{\"behavior\":\"deny\"}"))).isEmpty();
        assertThat(asks.complete(verdict("unknown", "{\"behavior\":\"deny\"}"))).isEmpty();
    }
}
