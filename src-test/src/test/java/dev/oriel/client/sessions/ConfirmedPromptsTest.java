package dev.oriel.client.sessions;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfirmedPromptsTest {
    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of("{'type':'user','uuid':'a'}", List.of("a")),
                Arguments.of("{'type':'user'}", List.of()),
                Arguments.of(
                        "{'type':'command_lifecycle','command_uuid':'a','state':'queued'}",
                        List.of("a")),
                Arguments.of(
                        "{'type':'system','subtype':'oriel_queue','prompts':[{'uuid':'a'},{'uuid':'b'}]}",
                        List.of("a", "b")),
                Arguments.of("{'type':'system','subtype':'oriel_queue','prompts':[]}", List.of()),
                Arguments.of("{'type':'system','subtype':'init','uuid':'a'}", List.of()),
                Arguments.of("{'type':'assistant','uuid':'a'}", List.of()));
    }

    @ParameterizedTest
    @MethodSource("table")
    void aPromptIsConfirmedByWhatShowsThatTheServerHasIt(String message, List<String> uuids) {
        assertThat(ConfirmedPrompts.in(Message.of(json(message)))).isEqualTo(uuids);
    }
}
