package dev.oriel.app.asks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.testing.ManualDelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsksViewModelTest {
    private final ManualDelay time = new ManualDelay();
    private final List<String> words = new ArrayList<>();
    private final List<Message> sent = new ArrayList<>();
    private final AsksViewModel asks = new AsksViewModel(time, words::add);
    private boolean connected = true;

    @BeforeEach
    void attach() {
        asks.attach(m -> {
            if (connected) {
                sent.add(m);
            }
            return connected;
        });
    }

    private void ask(String id, String more) {
        try {
            asks.accept(
                    Message.parse(
                            "{\"type\":\"control_request\",\"request_id\":\""
                                    + id
                                    + "\",\"request\":{\"subtype\":\"can_use_tool\",\"tool_name\":\"Bash\",\"input\":{\"command\":\"git"
                                    + " diff\"}"
                                    + more
                                    + "}}"),
                    false);
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void withdraw(String id) throws MalformedMessageException {
        asks.accept(
                Message.parse(
                        "{\"type\":\"control_cancel_request\",\"request_id\":\"" + id + "\"}"),
                false);
    }

    private void inSight() {
        time.pass(AsksViewModel.ARMING);
    }

    private JsonNode answer() {
        return sent.getLast().tree().path("response").path("response");
    }

    @Test
    void takesNoAnswerBeforeItHasBeenInSightForAMoment() {
        ask("1", "");
        time.pass(AsksViewModel.ARMING.minusMillis(1));
        asks.allow();
        asks.always();
        asks.deny("");
        assertThat(sent).isEmpty();
        assertThat(asks.pending()).hasSize(1);

        time.pass(Duration.ofMillis(1));
        asks.allow();
        assertThat(sent).hasSize(1);
        assertThat(asks.shown().get()).isNull();
    }

    @Test
    void theNextOneHasItsOwnMoment() {
        ask("1", "");
        ask("2", "");
        inSight();
        asks.allow();
        asks.allow();
        assertThat(sent).hasSize(1);
        inSight();
        asks.allow();
        assertThat(sent).extracting(Message::requestId).containsExactly("1", "2");
    }

    @Test
    void theClickThatBringsTheWindowToTheFrontAnswersNothing() {
        ask("1", "");
        inSight();
        asks.windowActivated();
        asks.allow();
        assertThat(sent).isEmpty();
        inSight();
        asks.allow();
        assertThat(sent).hasSize(1);
    }

    @Test
    void allowsWithTheInputAsItCame() {
        ask("1", "");
        inSight();
        asks.allow();
        assertThat(answer().path("behavior").asText()).isEqualTo("allow");
        assertThat(answer().path("updatedInput").path("command").asText()).isEqualTo("git diff");
        assertThat(answer().has("updatedPermissions")).isFalse();
    }

    @Test
    void alwaysAllowsWhatTheAgentSuggestsButOnlyForThisSession() {
        ask(
                "1",
                ",\"permission_suggestions\":[{\"type\":\"setMode\",\"mode\":\"acceptEdits\"},"
                    + "{\"type\":\"addRules\",\"behavior\":\"allow\",\"destination\":\"localSettings\",\"rules\":[{\"toolName\":\"Bash\",\"ruleContent\":\"git"
                    + " diff:*\"}]}]");
        inSight();
        asks.always();
        JsonNode update = answer().path("updatedPermissions").path(0);
        assertThat(update.path("destination").asText()).isEqualTo("session");
        assertThat(update.path("rules").path(0).path("ruleContent").asText())
                .isEqualTo("git diff:*");
    }

    @Test
    void offersNoRuleWhereTheAgentWantsNone() {
        ask("1", ",\"suppress_always_allow_rule\":true");
        inSight();
        asks.always();
        assertThat(sent).isEmpty();
    }

    @Test
    void deniesWithTheReason() {
        ask("1", "");
        inSight();
        asks.deny("  not on this branch ");
        assertThat(answer().path("behavior").asText()).isEqualTo("deny");
        assertThat(answer().path("message").asText()).isEqualTo("not on this branch");
    }

    @Test
    void goesAwayWithAWordWhenItIsAnsweredElsewhere() throws Exception {
        ask("1", "");
        withdraw("1");
        assertThat(asks.pending()).isEmpty();
        assertThat(words).singleElement().asString().contains("elsewhere");
        withdraw("2");
        assertThat(words).hasSize(1);
    }

    @Test
    void staysOpenWhenTheAnswerDidNotGoOut() {
        connected = false;
        ask("1", "");
        inSight();
        asks.allow();
        assertThat(asks.pending()).hasSize(1);
        assertThat(words).singleElement().asString().contains("stays open");
    }

    @Test
    void keepsItsMomentWhenTheServerSaysItAgainAfterAReconnect() {
        ask("1", "");
        inSight();
        ask("1", "");
        assertThat(asks.pending()).hasSize(1);
        assertThat(asks.armed().get()).isTrue();
        asks.keepOnly(Set.of());
        assertThat(asks.pending()).isEmpty();
    }

    @Test
    void answersQuestionsByTheirText() throws Exception {
        asks.accept(
                Message.parse(
                        """
                        {"type":"control_request","request_id":"q","request":{"subtype":"can_use_tool",\
                        "tool_name":"AskUserQuestion","input":{"questions":[{"question":"Which one?",\
                        "options":[{"label":"A"},{"label":"B"}]}]}}}\
                        """),
                false);
        inSight();
        asks.answers(Map.of("Which one?", "B"));
        JsonNode input = answer().path("updatedInput");
        assertThat(input.path("answers").path("Which one?").asText()).isEqualTo("B");
        assertThat(input.path("questions")).hasSize(1);
    }
}
