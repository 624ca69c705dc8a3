package dev.oriel.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnbegunPromptTest {
    private final UnbegunPrompt unbegun = new UnbegunPrompt();
    private final Message prompt = UserMessages.prompt(UUID.randomUUID(), "do it");

    private static Message parse(String json) throws Exception {
        return Message.parse(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"type":"system","subtype":"init","session_id":"s"}
                """,
                """
                {"type":"system","subtype":"hook_response","session_id":"s","output":"x"}
                """,
                """
                {"type":"stream_event","session_id":"s","event":{"type":"message_start"}}
                """,
                """
                {"type":"user","session_id":"s","message":{"role":"user","content":
                [{"type":"text","text":"[Request interrupted by user]"}]}}
                """,
                """
                {"type":"stream_event","event":{"type":"content_block_start",
                "content_block":{"type":"text","text":""}}}
                """,
                """
                {"type":"assistant","session_id":"s","message":{"content":[
                {"type":"thinking","thinking":""},{"type":"text","text":""}]}}
                """,
                """
                {"type":"stream_event","event":{"type":"message_delta","delta":{"stop_reason":"x"}}}
                """,
                """
                {"type":"rate_limit_event","rate_limit_info":{}}
                """
            })
    void aPromptIsUnbegunUntilTheAgentAnswers(String message) throws Exception {
        unbegun.receive(prompt);
        unbegun.receive(parse(message.replace("\n", "")));
        assertThat(unbegun.finish()).contains(prompt);
        assertThat(unbegun.finish()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"type":"stream_event","event":{"type":"content_block_start",
                "content_block":{"type":"tool_use","name":"Bash","input":{}}}}
                """,
                """
                {"type":"stream_event","event":{"type":"content_block_delta",
                "delta":{"type":"thinking_delta","thinking":"hm"}}}
                """,
                """
                {"type":"assistant","message":{"content":[{"type":"text","text":"a"}]}}
                """
            })
    void anAnswerBeginsIt(String message) throws Exception {
        unbegun.receive(prompt);
        unbegun.receive(parse(message.replace("\n", "")));
        assertThat(unbegun.finish()).isEmpty();
    }

    @Test
    void aPromptThatJoinsATurnIsNotUnbegun() throws Exception {
        unbegun.receive(prompt);
        unbegun.receive(
                parse(
                        "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"tool_use\"}]}}"));
        unbegun.receive(UserMessages.prompt(UUID.randomUUID(), "and this"));
        assertThat(unbegun.finish()).isEmpty();
        unbegun.receive(prompt);
        assertThat(unbegun.finish()).contains(prompt);
    }
}
