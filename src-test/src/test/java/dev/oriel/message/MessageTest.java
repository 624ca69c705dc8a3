package dev.oriel.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read from a line for routing, and what is malformed.
class MessageTest {
    @Test
    void routingMembersAreFoundInAnyOrder() throws Exception {
        Message m =
                Message.parse(
                        """
                        {"session_id":"s","n":[1,{"type":"x"}],"uuid":"u","subtype":"init","type":"system"}\
                        """);
        assertThat(m.type()).isEqualTo("system");
        assertThat(m.subtype()).isEqualTo("init");
        assertThat(m.uuid()).isEqualTo("u");
        assertThat(m.agentSessionId()).isEqualTo("s");
        assertThat(m.is("system", "init")).isTrue();
        assertThat(m.is("system", "status")).isFalse();
    }

    @Test
    void theSubtypeOfAControlRequestIsThatOfItsInnerObject() throws Exception {
        assertThat(
                        Message.parse(
                                        """
                                        {"request":{"subtype":"interrupt"},"subtype":"other","request_id":"r",\
                                        "type":"control_request"}\
                                        """)
                                .subtype())
                .isEqualTo("interrupt");
        Message m =
                Message.parse(
                        """
                        {"type":"control_request","request_id":"r","request":{"request_id":"inner",\
                        "subtype":"interrupt"}}\
                        """);
        assertThat(m.requestId()).isEqualTo("r");
    }

    @Test
    void theRequestIdOfAResponseIsThatOfItsInnerObject() throws Exception {
        Message m =
                Message.parse(
                        """
                        {"response":{"response":{"subtype":"deep"},"request_id":"r","subtype":"success"},\
                        "type":"control_response"}\
                        """);
        assertThat(m.requestId()).isEqualTo("r");
        assertThat(m.subtype()).isEqualTo("success");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"result\",\"subtype\":\"success\",\"response\":{\"subtype\":\"no\",\"request_id\":\"no\"}}",
                "{\"response\":{\"subtype\":\"no\",\"request_id\":\"no\"},\"subtype\":\"success\",\"type\":\"result\"}"
            })
    void nestedMembersOfOtherMessagesAreIgnored(String line) throws Exception {
        assertThat(Message.parse(line).subtype()).isEqualTo("success");
        assertThat(Message.parse(line).requestId()).isNull();
    }

    @Test
    void aDeltaHasAnEventType() throws Exception {
        Message m =
                Message.parse(
                        """
                        {"event":{"delta":{"type":"text_delta"},"type":"content_block_delta"},"type":"stream_event"}\
                        """);
        assertThat(m.eventType()).isEqualTo("content_block_delta");
        assertThat(m.isLiveOnly()).isTrue();
    }

    @Test
    void theLastOfDuplicateMembersCountsAsInTheTree() throws Exception {
        Message m = Message.parse("{\"type\":\"a\",\"uuid\":\"1\",\"type\":\"b\",\"uuid\":\"2\"}");
        assertThat(m.type()).isEqualTo(m.tree().path("type").textValue()).isEqualTo("b");
        assertThat(m.uuid()).isEqualTo(m.tree().path("uuid").textValue()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user|false",
                "assistant|false",
                "result|false",
                "a_type_of_tomorrow|false",
                "stream_event|true",
                "keep_alive|true",
                "control_request|true",
                "control_response|true",
                "control_cancel_request|true",
                "tool_progress|true",
                "command_lifecycle|true",
                "auth_status|true"
            })
    void typesThatAreLiveOnly(String type, boolean liveOnly) throws Exception {
        assertThat(Message.parse("{\"type\":\"" + type + "\"}").isLiveOnly()).isEqualTo(liveOnly);
    }

    @ParameterizedTest
    @CsvSource({
        "init,false",
        "compact_boundary,false",
        "oriel_agent_exited,false",
        "unheard_of,false",
        "thinking_tokens,true",
        "session_state_changed,true",
        "oriel_session,true",
        "oriel_queue,true",
        "oriel_notice,true",
        "oriel_unsent,true",
        "oriel_stderr,true",
        "oriel_stdout,true",
        "oriel_control,false"
    })
    void systemSubtypesThatAreLiveOnly(String subtype, boolean liveOnly) throws Exception {
        Message m = Message.parse("{\"type\":\"system\",\"subtype\":\"" + subtype + "\"}");
        assertThat(m.isLiveOnly()).isEqualTo(liveOnly);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"type\"",
                "{}",
                "{\"type\":null}",
                "{\"type\":7}",
                "{\"type\":{\"type\":\"user\"}}",
                "{\"type\":\"user\"",
                "{\"type\":\"user\"}}",
                "{\"type\":\"user\"} {\"type\":\"user\"}",
                "{\"type\":\"user\"} x",
                "{'type':'user'}",
                "{\"type\":\"us\ner\"}",
                "{\"type\":\"user\",}"
            })
    void anythingButOneObjectWithATypeIsMalformed(String line) {
        assertThatThrownBy(() -> Message.parse(line))
                .isInstanceOf(MalformedMessageException.class)
                .satisfies(e -> assertThat(e.getMessage()).isIn(KNOWN_REASONS));
    }

    private static final List<String> KNOWN_REASONS =
            List.of(
                    "not UTF-8",
                    "not a JSON object",
                    "more than one JSON value",
                    "not JSON",
                    "no type");

    @Test
    void bytesThatAreNotUtf8AreRefusedWhereverTheyStand() {
        byte[] good = "{\"type\":\"user\",\"x\":\"Grüße 🙂 and some more text\"}".getBytes(UTF8);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] = (byte) 0xFF;
            assertThatThrownBy(() -> Message.parse(bad))
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    private static final Charset UTF8 = StandardCharsets.UTF_8;

    @Test
    void aSurrogateInUtf8IsRefused() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("{\"type\":\"".getBytes(UTF8));
        bytes.writeBytes(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
        bytes.writeBytes("\"}".getBytes(UTF8));
        assertThatThrownBy(() -> Message.parse(bytes.toByteArray()))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void deepNestingIsAcceptedUpToALimit() throws Exception {
        assertThat(Message.parse(nested(400)).tree().path("x").isArray()).isTrue();
        assertThatThrownBy(() -> Message.parse(nested(100_000)))
                .isInstanceOf(MalformedMessageException.class);
    }

    private static String nested(int depth) {
        return "{\"type\":\"t\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    @Test
    void unicodeIsNotChanged() throws Exception {
        Message m = Message.parse("{\"type\":\"日本語\",\"subtype\":\"\\u00e9\",\"uuid\":\"🙂\"}");
        assertThat(m.type()).isEqualTo("日本語");
        assertThat(m.subtype()).isEqualTo("é");
        assertThat(m.uuid()).isEqualTo("🙂");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"a\"}|{\"seq\":7,\"type\":\"a\"}",
                "{ \"type\" : \"a\" }|{\"seq\":7, \"type\" : \"a\" }",
                "{}|{\"seq\":7}",
                "{ }|{\"seq\":7 }"
            })
    void theSeqIsInsertedFirstAndNothingElseChanges(String object, String spliced) {
        assertThat(new String(Message.withSeq(object.getBytes(UTF8), 7), UTF8)).isEqualTo(spliced);
    }

    @Test
    void blanksBeforeTheObjectAreRemoved() {
        assertThat(new String(Message.withSeq(" \t\r\n{\"type\":\"a\"}".getBytes(UTF8), 12), UTF8))
                .isEqualTo("{\"seq\":12,\"type\":\"a\"}");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1,
                9,
                10,
                99,
                100,
                999_999_999_999_999_999L,
                1_000_000_000_000_000_000L,
                Long.MAX_VALUE
            })
    void everySeqIsWrittenWithAllDigits(long seq) throws Exception {
        Message m = Message.parse(Message.withSeq("{\"type\":\"é\"}".getBytes(UTF8), seq));
        assertThat(m.tree().path("seq").longValue()).isEqualTo(seq);
        assertThat(m.tree()).hasSize(2);
    }

    @Test
    void anUnpairedSurrogateIsWrittenAsAnEscape() throws Exception {
        String half = "{\"type\":\"user\",\"x\":\"\\ud83d\"}";
        Message m = Message.of(Message.parse(half).tree());
        assertThat(m.tree().path("x").textValue()).isEqualTo("\ud83d");
        assertThat(m.toString()).isEqualToIgnoringCase(half);
    }

    @Test
    void aSeqThatTheSenderHasSetIsRemoved() throws Exception {
        Message m = Message.parse("{\"type\":\"a\",\"seq\":7,\"x\":{\"seq\":8}}");
        assertThat(m.withoutSeq()).hasToString("{\"type\":\"a\",\"x\":{\"seq\":8}}");
        assertThat(m.tree().path("seq").asInt()).as("of the message itself").isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"control_request\",\"request\":{\"seq\":7}}",
                "{\"type\":\"stream_event\",\"event\":{\"seq\":7}}",
                "{\"type\":\"a\",\"sequence\":7}"
            })
    void aMessageWithoutASeqStaysTheSame(String line) throws Exception {
        Message m = Message.parse(line);
        assertThat(m.withoutSeq()).isSameAs(m);
    }

    @Test
    void theParentIsAMemberOfTheMessageItself() throws Exception {
        assertThat(Message.parse("{\"type\":\"a\",\"parent_tool_use_id\":\"t\"}").parentToolUseId())
                .isEqualTo("t");
        assertThat(Message.parse("{\"type\":\"a\",\"parent_tool_use_id\":null}").parentToolUseId())
                .isNull();
        assertThat(
                        Message.parse("{\"type\":\"a\",\"event\":{\"parent_tool_use_id\":\"t\"}}")
                                .parentToolUseId())
                .isNull();
    }

    @Test
    void theBytesAreThoseThatWereReceived() throws Exception {
        byte[] line = "{ \"type\": \"a\" }".getBytes(UTF8);
        Message m = Message.parse(line);
        assertThat(m.bytes()).isSameAs(line);
        assertThat(new String(m.withSeq(3), UTF8)).isEqualTo("{\"seq\":3, \"type\": \"a\" }");
        assertThat(m.tree()).isSameAs(m.tree());
    }

    @Test
    void messagesWithTheSameBytesAreEqual() throws Exception {
        Message m = Message.parse("{\"type\":\"a\"}");
        assertThat(m).isEqualTo(Message.parse("{\"type\":\"a\"}"));
        assertThat(m).hasSameHashCodeAs(Message.parse("{\"type\":\"a\"}"));
        assertThat(m.hashCode()).isNotEqualTo(Message.parse("{\"type\":\"b\"}").hashCode());
        assertThat(m).isNotEqualTo(Message.parse("{ \"type\":\"a\"}"));
        assertThat(m).hasToString("{\"type\":\"a\"}");
    }

    /// A tree of them would need twenty times the memory of the text.
    @Test
    void aTextWithTooManyValuesIsMalformed() throws Exception {
        String head = "{\"type\":\"a\",\"x\":[";
        assertThat(Message.parse(head + "0,".repeat(900_000) + "0]}").type()).isEqualTo("a");
        assertThatThrownBy(() -> Message.parse(head + "0,".repeat(1_000_000) + "0]}"))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void anObjectWithoutATypeIsABug() {
        assertThatThrownBy(() -> Message.of(Json.object()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
