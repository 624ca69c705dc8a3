package dev.oriel.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pending asks, and which replies are valid.
class PendingAsksTest {
    private final PendingAsks asks = new PendingAsks();

    @Test
    void openAsksAreListedInTheirOrder() throws Exception {
        asks.open(ask("b"));
        asks.open(ask("a"));
        asks.open(ask("c"));
        assertThat(asks.close("a")).isTrue();
        assertThat(asks.close("a")).isFalse();
        assertThat(asks.close("never")).isFalse();
        assertThat(asks.all()).extracting(Message::requestId).containsExactly("b", "c");
        assertThat(asks.closeAll()).containsExactly("b", "c");
        assertThat(asks.isEmpty()).isTrue();
    }

    @Test
    void anAskWithoutAnIdIsIgnored() throws Exception {
        asks.open(Message.parse("{\"type\":\"control_request\",\"request\":{}}"));
        assertThat(asks.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"behavior\":\"allow\"}|",
                "{\"behavior\":\"allow\",\"updatedInput\":{}}|",
                "{\"behavior\":\"allow\",\"updatedInput\":7}|updatedInput",
                "{\"behavior\":\"allow\",\"updatedInput\":null}|updatedInput",
                "{\"behavior\":\"deny\",\"message\":\"no\"}|",
                "{\"behavior\":\"deny\"}|message",
                "{\"behavior\":\"maybe\"}|behavior",
                "{}|behavior",
                "7|behavior",
                "{\"behavior\":\"allow\",\"updatedPermissions\":[{\"type\":\"setMode\",\"mode\":\"acceptEdits\"}]}|",
                "{\"behavior\":\"allow\",\"updatedPermissions\":[{\"type\":\"addRules\"},"
                    + "{\"type\":\"setMode\",\"mode\":\"bypassPermissions\"}]}|bypassPermissions"
            })
    void repliesAreValidated(String decision, String problem) throws Exception {
        var found = PendingAsks.problem(answer(decision), false);
        if (problem == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).hasValueSatisfying(p -> assertThat(p).contains(problem));
        }
    }

    @Test
    void aReplyMayBypassPermissionsIfTheOperatorAllowsIt() throws Exception {
        Message bypass =
                answer(
                        "{\"behavior\":\"allow\",\"updatedPermissions\":[{\"mode\":\"bypassPermissions\"}]}");
        assertThat(PendingAsks.problem(bypass, true)).isEmpty();
    }

    @Test
    void anErrorIsAValidReply() throws Exception {
        assertThat(
                        PendingAsks.problem(
                                Message.parse(
                                        "{\"type\":\"control_response\","
                                            + "\"response\":{\"subtype\":\"error\",\"request_id\":\"r\","
                                            + "\"error\":\"no\"}}"),
                                false))
                .isEmpty();
    }

    private static Message ask(String id) throws Exception {
        return Message.parse(
                "{\"type\":\"control_request\",\"request_id\":\"%s\",\"request\":{\"subtype\":\"can_use_tool\"}}"
                        .formatted(id));
    }

    private static Message answer(String decision) throws Exception {
        return Message.parse(
                ("{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\","
                                + "\"request_id\":\"r\",\"response\":%s}}")
                        .formatted(decision));
    }
}
