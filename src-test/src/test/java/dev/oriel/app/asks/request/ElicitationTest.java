package dev.oriel.app.asks.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.asks.AskDrafts;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.manual.ManualScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests of MCP servers, and the replies to them.
class ElicitationTest {
    private static final String ASKED =
            """
            {"type":"control_request","request_id":"e1","request":{"subtype":"elicitation",
             "mcp_server_name":"shop","message":"Which size?","requested_schema":{"type":"object",
             "properties":{"name":{"type":"string","title":"Your name"},
              "age":{"type":"integer"},"weight":{"type":"number","default":1.5},
              "gift":{"type":"boolean"},"size":{"type":"string","enum":["s","m"],
              "enumNames":["Small","Medium"]}},"required":["name"]}}}\
            """;

    private final ManualScheduler time = new ManualScheduler();
    private final List<Message> sent = new ArrayList<>();
    private final AsksViewModel asks =
            new AsksViewModel(time, _ -> {}, AskDrafts.inMemory(), _ -> {});

    @BeforeEach
    void ask() throws Exception {
        asks.attach("session", sent::add);
        asks.receive(Message.parse(ASKED.replace("\n", "")), false);
        time.advance(AsksViewModel.ARMING);
    }

    private JsonNode answer() {
        return sent.getLast().tree().path("response").path("response");
    }

    @Test
    void theFieldsOfTheSchemaAreRead() {
        assertThat(asks.pending().getFirst().kind())
                .isInstanceOfSatisfying(
                        Elicitation.class,
                        e -> {
                            assertThat(e.server()).isEqualTo("shop");
                            assertThat(e.fields())
                                    .extracting(Elicitation.Field::type)
                                    .containsExactly(
                                            Elicitation.Type.TEXT,
                                            Elicitation.Type.INTEGER,
                                            Elicitation.Type.NUMBER,
                                            Elicitation.Type.BOOLEAN,
                                            Elicitation.Type.CHOICE);
                            assertThat(e.fields().getFirst().label()).isEqualTo("Your name");
                            assertThat(e.fields().getFirst().required()).isTrue();
                            assertThat(e.fields().getLast().choices().getLast().label())
                                    .isEqualTo("Medium");
                        });
    }

    @Test
    void theKeysThatAllowDoNotAcceptAnEmptyForm() {
        asks.allow();
        asks.allowAlways();
        assertThat(sent).isEmpty();
    }

    @Test
    void eachButtonSendsItsAction() {
        asks.answerForm("accept", Json.object().put("name", "Ada"));
        assertThat(answer().toString())
                .isEqualTo("{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}");
    }

    @Test
    void theKeyThatDeniesDeclines() {
        asks.deny("");
        assertThat(answer().toString()).isEqualTo("{\"action\":\"decline\"}");
    }
}
