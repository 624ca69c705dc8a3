package dev.oriel.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which of a session's messages are sent to clients that know only the CLI's output.
class MessageKindTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'assistant'} | OUTPUT",
                "{'type':'result'} | OUTPUT",
                "{'type':'novelty'} | OUTPUT",
                "{'type':'user','session_id':'s'} | OUTPUT",
                "{'type':'user'} | HIDDEN",
                "{'type':'stream_event'} | PARTIAL",
                "{'type':'system','subtype':'init'} | OUTPUT",
                "{'type':'system'} | OUTPUT",
                "{'type':'system','subtype':'thinking_tokens'} | PARTIAL",
                "{'type':'system','subtype':'status','status':'requesting'} | PARTIAL",
                "{'type':'system','subtype':'status','status':'compacting'} | OUTPUT",
                "{'type':'system','subtype':'session_state_changed'} | HIDDEN",
                "{'type':'control_request'} | HIDDEN",
                "{'type':'control_cancel_request'} | HIDDEN",
                "{'type':'keep_alive'} | HIDDEN"
            })
    void classifiesMessages(String json, MessageKind kind) throws Exception {
        Message message = Message.parse(json.replace('\'', '"'));
        assertThat(MessageKind.of(new MessageEvent(message))).isEqualTo(kind);
    }
}
