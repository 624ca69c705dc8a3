package dev.oriel.dialect.sessions;

import static dev.oriel.dialect.SessionEventFixtures.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.testing.manual.RecordingPeer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Events in the form that a reader of server-sent events expects.
class EventStreamSubscriberTest {
    private static final UUID SESSION = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final RecordingPeer peer = new RecordingPeer();
    private final EventStreamSubscriber subscriber = new EventStreamSubscriber(SESSION, peer);

    private static Delivery journaled(String json, long seq) {
        var event = (MessageEvent) message(json.replace('\'', '"'));
        return Delivery.journaled(event, event.message(), seq);
    }

    private static Delivery live(String json) {
        return Delivery.live(message(json.replace('\'', '"')));
    }

    private String only(Delivery delivery) {
        subscriber.replay(List.of(delivery));
        return peer.texts().getLast();
    }

    private static JsonNode data(String event) throws Exception {
        String line =
                Arrays.stream(event.split("\n"))
                        .filter(l -> l.startsWith("data: "))
                        .findFirst()
                        .orElseThrow();
        return Json.mapper().readTree(line.substring("data: ".length()));
    }

    @Test
    void aJournaledMessageHasItsNumberTwice() throws Exception {
        String event = only(journaled("{'type':'assistant','uuid':'u'}", 7));
        assertThat(event).startsWith("event: client_event\nid: 7\ndata: {").endsWith("}\n\n");
        assertThat(data(event).toString().replace('"', '\''))
                .isEqualTo(
                        "{'event_id':'u','sequence_num':7,'source':'worker',"
                                + "'payload':{'type':'assistant','uuid':'u'}}");
    }

    @Test
    void aLiveMessageHasNoNumberSoThatAReconnectDoesNotSkipAnything() throws Exception {
        String event = only(live("{'type':'system','subtype':'status'}"));
        assertThat(event).startsWith("event: client_event\ndata: ");
        assertThat(data(event).has("sequence_num")).isFalse();
    }

    @Test
    void aDeltaIsEphemeral() {
        String event = only(live("{'type':'stream_event'}"));
        assertThat(event)
                .isEqualTo(
                        """
                        event: ephemeral_event
                        data: {"payload":{"type":"stream_event"}}

                        """);
    }

    @Test
    void aKeepAliveIsAComment() {
        assertThat(only(live("{'type':'keep_alive'}"))).isEqualTo(":\n\n");
    }

    /// A line break would end the event's data.
    @Test
    void lineBreaksBetweenTokensDoNotEndTheEvent() throws Exception {
        String event = only(journaled("{\r\n 'type':'assistant',\n 'a':'x\\ny'}", 1));
        assertThat(data(event).at("/payload/a").asText()).isEqualTo("x\ny");
        assertThat(event.lines()).hasSize(4);
    }

    @Test
    void theIdOfAMessageWithoutOneIsTheSameInEveryReplay() throws Exception {
        JsonNode first = data(only(journaled("{'type':'result'}", 3))).path("event_id");
        JsonNode again = data(only(journaled("{'type':'result'}", 3))).path("event_id");
        JsonNode other = data(only(journaled("{'type':'result'}", 4))).path("event_id");
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(UUID.fromString(first.asText())).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED, DELIVERY_STATUS_RECEIVED",
        "STARTED, DELIVERY_STATUS_PROCESSING",
        "COMPLETED, DELIVERY_STATUS_PROCESSED",
    })
    void theProgressOfAPromptPrecedesItsMessage(Progress progress, String status) throws Exception {
        UUID prompt = UUID.randomUUID();
        subscriber.send(new PromptChanged(prompt, progress));
        assertThat(peer.texts()).hasSize(2);
        assertThat(peer.texts().getFirst()).startsWith("event: delivery_update\n");
        JsonNode update = data(peer.texts().getFirst());
        assertThat(update.path("event_id").asText()).isEqualTo(prompt.toString());
        assertThat(update.path("status").asText()).isEqualTo(status);
    }

    @Test
    void aPromptThatIsCancelledHasNoStatusInThisSystem() {
        subscriber.send(new PromptChanged(UUID.randomUUID(), Progress.CANCELLED));
        assertThat(peer.texts()).singleElement().asString().startsWith("event: client_event");
    }

    @Test
    void whatAClientHasSentIsMarkedAsItsOwn() throws Exception {
        Message prompt =
                Message.parse("{\"type\":\"user\",\"uuid\":\"p\",\"message\":{\"content\":\"x\"}}");
        String event = only(Delivery.journaled(new MessageEvent(prompt), prompt, 1));
        assertThat(data(event).path("source").asText()).isEqualTo("client");
    }

    @Test
    void theStreamOfADeletedSessionEnds() {
        subscriber.onDeleted();
        assertThat(peer.events()).containsExactly("closed 4001 session deleted");
    }
}
