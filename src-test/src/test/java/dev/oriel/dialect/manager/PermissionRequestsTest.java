package dev.oriel.dialect.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.manager.ManagerCommand.PermissionResponse;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.manual.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PermissionRequestsTest {
    private static final UUID SESSION = UUID.randomUUID();
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final ObjectNode INPUT = Json.object().put("command", "ls");

    private final ManualTimer timer = new ManualTimer();
    private final List<Message> answers = new ArrayList<>();
    private final PermissionRequests requests = new PermissionRequests(timer, WITHIN, answers::add);

    private static PermissionResponse response(@Nullable String request, boolean approved) {
        return new PermissionResponse(SESSION, request, approved, null);
    }

    private JsonNode onlyDecision(String request) {
        assertThat(answers).hasSize(1);
        JsonNode response = answers.getFirst().tree().path("response");
        assertThat(response.path("request_id").asText()).isEqualTo(request);
        assertThat(response.path("subtype").asText()).isEqualTo("success");
        return response.path("response");
    }

    @Test
    void anApprovalReturnsTheInputToTheAgent() {
        requests.open("r", "Bash", INPUT);
        assertThat(requests.resolve(response("r", true))).contains("Bash");
        JsonNode decision = onlyDecision("r");
        assertThat(decision.path("behavior").asText()).isEqualTo("allow");
        assertThat(decision.path("updatedInput")).isEqualTo(INPUT);
        assertThat(timer.pending()).as("no deadline is left").isZero();
    }

    @Test
    void aDenialHasTheReasonOfTheClientOrAStandardOne() {
        requests.open("one", "Bash", INPUT);
        requests.open("two", "Bash", INPUT);
        requests.resolve(response("one", false));
        requests.resolve(new PermissionResponse(SESSION, "two", false, "not here"));
        assertThat(answers)
                .extracting(m -> m.tree().at("/response/response/message").asText())
                .containsExactly("User denied permission", "not here");
    }

    @Test
    void aRequestIsAnsweredOnce() {
        requests.open("r", "Bash", INPUT);
        requests.resolve(response("r", true));
        assertThat(requests.resolve(response("r", false))).isEmpty();
        timer.advance(WITHIN);
        assertThat(answers).hasSize(1);
    }

    @Test
    void aRequestThatNobodyAnswersIsDenied() {
        requests.open("r", "Bash", INPUT);
        timer.advance(WITHIN.minusMillis(1));
        assertThat(answers).isEmpty();
        timer.advance(Duration.ofMillis(1));
        JsonNode decision = onlyDecision("r");
        assertThat(decision.path("behavior").asText()).isEqualTo("deny");
        assertThat(decision.path("message").asText()).isEqualTo("Permission request timed out");
        assertThat(requests.resolve(response("r", true))).as("too late").isEmpty();
    }

    @Test
    void theSameRequestIsOpenedOnceAndKeepsItsDeadline() {
        assertThat(requests.open("r", "Bash", INPUT)).isTrue();
        timer.advance(Duration.ofSeconds(20));
        assertThat(requests.open("r", "Bash", INPUT)).isFalse();
        assertThat(timer.pending()).isEqualTo(1);
        timer.advance(Duration.ofSeconds(10));
        assertThat(answers).hasSize(1);
    }

    @Test
    void anAnswerWithoutAnIdIsForTheOnlyOpenRequest() {
        requests.open("r", "Bash", INPUT);
        assertThat(requests.resolve(response(null, true))).contains("Bash");
    }

    @Test
    void anAnswerWithoutAnIdIsForNoneOfSeveralRequests() {
        requests.open("one", "Bash", INPUT);
        requests.open("two", "Read", INPUT);
        assertThat(requests.resolve(response(null, true))).isEmpty();
        assertThat(answers).isEmpty();
    }

    @Test
    void withdrawnRequestsAreNeitherAnsweredNorDenied() {
        requests.open("one", "Bash", INPUT);
        requests.open("two", "Bash", INPUT);
        requests.open("three", "Bash", INPUT);
        requests.withdraw("one");
        requests.withdraw("unknown");
        requests.withdrawAll();
        timer.advance(WITHIN);
        assertThat(requests.resolve(response("two", true))).isEmpty();
        assertThat(answers).isEmpty();
    }

    @Test
    void anInputThatIsNoObjectIsReturnedAsAnEmptyOne() {
        requests.allow("r", Json.mapper().getNodeFactory().textNode("odd"));
        assertThat(onlyDecision("r").path("updatedInput")).isEqualTo(Json.object());
    }
}
