package dev.oriel.dialect.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.dialect.relay.RelayClientFrame.Interrupt;
import dev.oriel.dialect.relay.RelayClientFrame.Prompt;
import dev.oriel.dialect.relay.RelayClientFrame.Refused;
import dev.oriel.dialect.relay.RelayClientFrame.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayClientFrameTest {
    private static RelayClientFrame parse(String frame) {
        return RelayClientFrame.parse(frame.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|Invalid message format: not JSON",
                "{'type':'interrupt'} x}|Invalid message format: not JSON",
                "null|Invalid message format: not an object",
                "{'type':'user_message'}|Invalid user message: data must be an object",
                "{'type':'user_message','data':'hi'}|Invalid user message: data must be an object",
                "{'type':'user_message','data':{'type':'user'}}|Invalid user message: message must"
                        + " be an object",
                "{'type':'read_file'}|read_file is not supported: ask the agent for what you need"
                        + " of its files",
            })
    void aFrameThatCannotBeHandledHasAReason(String frame, String reason) {
        assertThat(parse(frame)).isEqualTo(new Refused(reason));
    }

    @Test
    void anEmptyFrameIsRefused() {
        assertThat(RelayClientFrame.parse("")).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "{'type':'ping'}", "{'type':['interrupt']}"})
    void aFrameWithoutAMeaningIsNoError(String frame) {
        assertThat(parse(frame)).isEqualTo(new Unknown());
    }

    @Test
    void anInterruptMayHaveOtherMembers() {
        assertThat(parse("{'type':'interrupt','data':null}")).isEqualTo(new Interrupt());
    }

    /// Otherwise a client could control the agent past the session.
    @Test
    void aPromptKeepsOnlyWhatIsOfTheUser() {
        var prompt =
                (Prompt)
                        parse(
                                "{'type':'user_message','data':{'type':'user','session_id':'s',"
                                        + "'isSynthetic':true,'priority':'now',"
                                        + "'message':{'role':'user','content':'hi'}}}");
        assertThat(prompt.user().tree().path("message").path("content").asText()).isEqualTo("hi");
        assertThat(prompt.user().tree().has("isSynthetic")).isFalse();
        assertThat(prompt.user().tree().has("priority")).isFalse();
        assertThat(prompt.user().tree().has("session_id")).isFalse();
        assertThat(prompt.user().uuid()).isNotNull();
    }
}
