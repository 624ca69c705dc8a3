package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchQueueTest {
    private final List<String> handled = new ArrayList<>();
    private boolean busy;
    private final BatchQueue queue =
            new BatchQueue(frame -> {
                String type = frame.path("type").asText();
                handled.add(type);
                busy |= type.equals("query");
            });

    private static JsonNode batch(String... types) {
        ArrayNode frames = Json.mapper().createArrayNode();
        for (String type : types) {
            frames.addObject().put("type", type);
        }
        return frames;
    }

    private void drain() {
        queue.drain(() -> busy);
    }

    @Test
    void aQueryWaitsForTheOneBeforeItAndEverythingBehindWaitsToo() throws Exception {
        queue.add(batch("ping", "query", "input", "query", "ping"));
        drain();
        assertThat(handled).containsExactly("ping", "query", "input");
        drain();
        assertThat(handled).as("the query is still running").hasSize(3);
        busy = false;
        drain();
        assertThat(handled).containsExactly("ping", "query", "input", "query", "ping");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void anotherBatchFollowsTheFirst() throws Exception {
        busy = true;
        queue.add(batch("query"));
        queue.add(batch("ping"));
        drain();
        assertThat(handled).isEmpty();
        busy = false;
        drain();
        assertThat(handled).containsExactly("query", "ping");
    }

    @Test
    void nothingIsHandledAfterTheClientHasDisconnected() throws Exception {
        queue.add(batch("ping"));
        queue.clear();
        drain();
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|messages must be an array",
                "[{\"type\":\"ping\"},1]|each of messages must be an object",
                "[{\"type\":\"ping\"},{\"type\":\"batch\"}]|a batch cannot hold another"
            })
    void ofAnInvalidBatchNothingIsHandled(String messages, String error) throws Exception {
        JsonNode json = Json.mapper().readTree(messages);
        assertThatThrownBy(() -> queue.add(json))
                .isInstanceOf(BadRequestException.class)
                .hasMessage(error);
        drain();
        assertThat(handled).isEmpty();
    }

    @Test
    void aBatchThatDoesNotFitIsRefusedAsAWhole() throws Exception {
        String[] many = new String[999];
        Arrays.fill(many, "ping");
        queue.add(batch(many));
        assertThatThrownBy(() -> queue.add(batch("ping", "ping")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("1000");
        queue.add(batch("ping"));
        drain();
        assertThat(handled).hasSize(1000);
    }
}
