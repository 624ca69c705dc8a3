package dev.oriel.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Prompts of clients: nothing on which the CLI fails is accepted.
class UserMessagesTest {
    private static final String UUID_TEXT = "7b0c8dd2-6a5e-4b7e-9b0d-0d5e8f1f2a3b";

    @Test
    void aPromptOfTextHasOnlyTheNecessaryMembers() throws Exception {
        Message m =
                checked(
                        """
                        {"type":"user","uuid":"%s","message":{"role":"user","content":"hi"}}\
                        """
                                .formatted(UUID_TEXT));
        assertThat(m)
                .hasToString(
                        """
                        {"type":"user","uuid":"%s","message":{"role":"user","content":"hi"},"parent_tool_use_id":null}\
                        """
                                .formatted(UUID_TEXT));
        assertThat(UserMessages.prompt(UUID.fromString(UUID_TEXT), "hi")).isEqualTo(m);
    }

    @Test
    void membersThatControlTheAgentAreRemoved() throws Exception {
        JsonNode m =
                checked(
                                """
                                {"type":"user","priority":"now","shouldQuery":false,"isSynthetic":true,"session_id":"x",
                                "parent_tool_use_id":"t","message":{"role":"user","content":"hi","id":"y"}}\
                                """)
                        .tree();
        assertThat(m.fieldNames())
                .toIterable()
                .containsExactly("type", "uuid", "message", "parent_tool_use_id");
        assertThat(m.path("message").fieldNames()).toIterable().containsExactly("role", "content");
        assertThat(m.path("parent_tool_use_id").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"hi\"|hi",
                "[{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"image\",\"text\":\"no\"},"
                        + "{\"type\":\"text\",\"text\":\"two\"}]|one/two",
                "[]|``",
                "7|``"
            })
    void theTextOfAMessageIsThatOfItsTextBlocks(String content, String text) throws Exception {
        assertThat(UserMessages.text(Json.mapper().readTree(message(content))))
                .isEqualTo(text.replace('/', '\n'));
    }

    @Test
    void aMissingUuidIsAdded() throws Exception {
        String plain = "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"hi\"}}";
        String one = checked(plain).uuid();
        assertThat(UUID.fromString(one)).hasToString(one);
        assertThat(checked(plain).uuid()).isNotEqualTo(one);
        assertThat(checked(plain.replace("\"type\"", "\"uuid\":null,\"type\"")).uuid())
                .isNotEmpty();
    }

    @Test
    void contentBlocksAreNotChanged() throws Exception {
        String blocks =
                """
                [{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}},\
                {"type":"text","text":"what is this"},{"type":"new_kind","x":1}]\
                """;
        assertThat(checked(message(blocks)).tree().at("/message/content"))
                .isEqualTo(Json.mapper().readTree(blocks));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "7|content",
                "null|content",
                "{}|content",
                "[]|content",
                "\"\"|empty",
                "\"  \\n \"|empty",
                "[7]|block",
                "[\"text\"]|block",
                "[{}]|type",
                "[{\"type\":7}]|type",
                "[{\"type\":\"text\"}]|text",
                "[{\"type\":\"text\",\"text\":7}]|text"
            })
    void contentOnWhichTheCliFailsIsRejectedWithTheReason(String content, String reason) {
        assertThatThrownBy(() -> checked(message(content)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"assistant\",\"message\":{\"role\":\"user\",\"content\":\"x\"}}",
                "{\"message\":{\"role\":\"user\",\"content\":\"x\"}}",
                "{\"type\":\"user\"}",
                "{\"type\":\"user\",\"message\":\"x\"}",
                "{\"type\":\"user\",\"message\":{\"role\":\"assistant\",\"content\":\"x\"}}",
                "{\"type\":\"user\",\"message\":{\"content\":\"x\"}}",
                "{\"type\":\"user\",\"message\":{\"role\":\"user\"}}",
                "{\"type\":\"user\",\"uuid\":\"x\",\"message\":{\"role\":\"user\",\"content\":\"x\"}}",
                "{\"type\":\"user\",\"uuid\":7,\"message\":{\"role\":\"user\",\"content\":\"x\"}}"
            })
    void otherMessagesAreRejected(String line) {
        assertThatThrownBy(() -> checked(line)).isInstanceOf(MalformedMessageException.class);
    }

    private static String message(String content) {
        return "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":" + content + "}}";
    }

    private static Message checked(String line) throws MalformedMessageException {
        return UserMessages.check(Json.parseObject(line.getBytes(StandardCharsets.UTF_8)));
    }
}
