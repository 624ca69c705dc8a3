package dev.oriel.app.asks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.testing.manual.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsksViewModelTest {
    private final ManualScheduler time = new ManualScheduler();
    private final List<String> words = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private final List<Message> sent = new ArrayList<>();
    private final AsksViewModel asks =
            new AsksViewModel(time, words::add, AskDrafts.inMemory(), kept::add);
    private boolean connected = true;

    @BeforeEach
    void attach() {
        asks.attach(
                "session",
                m -> {
                    if (connected) {
                        sent.add(m);
                    }
                    return connected;
                });
    }

    private void ask(String id, String more) {
        try {
            asks.receive(
                    Message.parse(
                            "{\"type\":\"control_request\",\"request_id\":\""
                                    + id
                                    + "\",\"request\":{\"subtype\":\"can_use_tool\","
                                    + "\"tool_name\":\"Bash\",\"input\":{\"command\":\"git"
                                    + " diff\"}"
                                    + more
                                    + "}}"),
                    false);
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void withdraw(String id) throws MalformedMessageException {
        asks.receive(
                Message.parse(
                        "{\"type\":\"control_cancel_request\",\"request_id\":\"" + id + "\"}"),
                false);
    }

    private void inSight() {
        time.advance(AsksViewModel.ARMING);
    }

    private JsonNode answer() {
        return sent.getLast().tree().path("response").path("response");
    }

    @Test
    void anEditedCommandRunsInsteadOfTheOneThatWasAskedFor() {
        ask("1", "");
        ask("2", "");
        asks.draft(asks.pending().getFirst()).setChange(0, "git status");
        assertThat(asks.hasDraft()).isTrue();
        asks.setTogether(true);
        inSight();
        asks.allow();
        assertThat(sent)
                .hasSize(2)
                .allSatisfy(m ->
                        assertThat(m.tree().at("/response/response/updatedInput/command").asText())
                                .isEqualTo("git status"));
    }

    @Test
    void aChangeThatCannotBeMadeIsNotAllowed() {
        ask("1", "");
        asks.draft(asks.pending().getFirst()).setChange(0, " ");
        inSight();
        asks.allow();
        assertThat(sent).isEmpty();
        assertThat(words).containsExactly("The command is empty. Undo the change, or deny.");
        asks.draft(asks.pending().getFirst()).setChange(0, null);
        asks.allow();
        assertThat(answer().at("/updatedInput/command").asText()).isEqualTo("git diff");
    }

    @Test
    void identicalAsksAreAnsweredTogetherOnlyOnRequest() {
        ask("1", "");
        ask("2", "");
        ask("3", ",\"agent_id\":\"a\"");
        time.advance(AsksViewModel.ARMING);
        assertThat(asks.identical()).hasSize(3);
        asks.allow();
        assertThat(sent).hasSize(1);
        time.advance(AsksViewModel.ARMING);
        asks.setTogether(true);
        asks.deny("no");
        assertThat(sent).hasSize(3);
        assertThat(asks.pending()).isEmpty();
        assertThat(asks.together().get()).isFalse();
    }

    @Test
    void aChoiceOfAnAskThatIsNoLongerShownHasNoEffect() {
        ask(
                "1",
                ",\"permission_suggestions\":[{\"type\":\"addRules\",\"behavior\":\"allow\","
                        + "\"rules\":[{\"toolName\":\"Bash\",\"ruleContent\":\"git diff\"}]}]");
        ask("2", ",\"blocked_path\":\"/x\"");
        Ask first = asks.pending().getFirst();
        asks.show(asks.pending().getLast());
        time.advance(AsksViewModel.ARMING);
        asks.allow(first, first.choices().getFirst());
        assertThat(sent).isEmpty();
        assertThat(asks.identical()).hasSize(1);
        asks.show(first);
        asks.allow(first, first.choices().get(1));
        assertThat(sent).as("not armed yet").isEmpty();
        time.advance(AsksViewModel.ARMING);
        asks.allow(first, first.choices().get(1));
        assertThat(answer().at("/updatedPermissions/0/destination").asText())
                .isEqualTo("localSettings");
    }

    @Test
    void anAskCannotBeResolvedBeforeItWasInSightForAMoment() {
        ask("1", "");
        time.advance(AsksViewModel.ARMING.minusMillis(1));
        asks.allow();
        asks.allowAlways();
        asks.deny("");
        assertThat(sent).isEmpty();
        assertThat(asks.pending()).hasSize(1);

        time.advance(Duration.ofMillis(1));
        asks.allow();
        assertThat(sent).hasSize(1);
        assertThat(asks.shown().get()).isNull();
    }

    @Test
    void theNextAskMustBeInSightForItsOwnMoment() {
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
    void aClickThatBringsTheWindowToTheFrontResolvesNothing() {
        ask("1", "");
        inSight();
        asks.onWindowActivated();
        asks.allow();
        assertThat(sent).isEmpty();
        inSight();
        asks.allow();
        assertThat(sent).hasSize(1);
    }

    @Test
    void allowingSendsTheInputUnchanged() {
        ask("1", "");
        inSight();
        asks.allow();
        assertThat(answer().path("behavior").asText()).isEqualTo("allow");
        assertThat(answer().path("updatedInput").path("command").asText()).isEqualTo("git diff");
        assertThat(answer().has("updatedPermissions")).isFalse();
    }

    @Test
    void allowAlwaysSendsTheSuggestedRuleForThisSession() {
        ask(
                "1",
                ",\"permission_suggestions\":[{\"type\":\"setMode\",\"mode\":\"acceptEdits\"},"
                        + "{\"type\":\"addRules\",\"behavior\":\"allow\","
                        + "\"destination\":\"localSettings\",\"rules\":[{\"toolName\":\"Bash\","
                        + "\"ruleContent\":\"git"
                        + " diff:*\"}]}]");
        inSight();
        asks.allowAlways();
        JsonNode update = answer().path("updatedPermissions").path(0);
        assertThat(update.path("destination").asText()).isEqualTo("session");
        assertThat(update.path("rules").path(0).path("ruleContent").asText())
                .isEqualTo("git diff:*");
    }

    @Test
    void noRuleIsOfferedIfTheAgentSuppressesIt() {
        ask("1", ",\"suppress_always_allow_rule\":true");
        inSight();
        asks.allowAlways();
        assertThat(sent).isEmpty();
    }

    private void plan(String input, String more) throws MalformedMessageException {
        asks.receive(
                Message.parse(
                        """
                        {"type":"control_request","request_id":"p","request":{"subtype":"can_use_tool",\
                        "tool_name":"ExitPlanMode","input":%s%s}}\
                        """
                                .formatted(input, more)),
                false);
        inSight();
    }

    @Test
    void aMissingPlanCannotBeApproved() throws Exception {
        plan("{}", "");
        asks.allow();
        assertThat(sent).isEmpty();
        assertThat(words).singleElement().asString().contains("no plan to approve");
        asks.deny();
        assertThat(answer().path("behavior").asText()).isEqualTo("deny");
        assertThat(answer().path("message").asText()).contains("Write the plan");
    }

    @Test
    void aPlanFoundByTheServerIsApprovedWithTheInputUnchanged() throws Exception {
        plan("{}", ",\"oriel_plan\":{\"text\":\"# Build it\",\"file\":\"/p/plans/a.md\"}");
        assertThat(asks.shown().get().kind()).isEqualTo(new Ask.Kind.Plan("# Build it", false));
        asks.allow();
        assertThat(answer().path("updatedInput")).isEmpty();
    }

    @Test
    void aPlanInTheInputTakesPrecedence() throws Exception {
        plan("{\"plan\":\"own\"}", ",\"oriel_plan\":{\"text\":\"found\",\"file\":\"a.md\"}");
        assertThat(asks.shown().get().kind()).isEqualTo(new Ask.Kind.Plan("own", false));
    }

    @Test
    void keysCannotAllowAPlanAlwaysOrAQuestionWithoutAnAnswer() throws Exception {
        plan("{\"plan\":\"own\"}", "");
        asks.allowAlways();
        assertThat(sent).isEmpty();
        asks.deny();
        sent.clear();
        asks.receive(
                Message.parse(
                        """
                        {"type":"control_request","request_id":"q","request":{"subtype":"can_use_tool",\
                        "tool_name":"AskUserQuestion","input":{"questions":[{"question":"Which one?"}]}}}\
                        """),
                false);
        inSight();
        asks.allow();
        asks.allowAlways();
        assertThat(sent).isEmpty();
    }

    @Test
    void anAskCannotBeAllowedBeforeItsEndWasInSight() {
        List<String> shown = new ArrayList<>();
        ask("1", ",\"suggestions\":[]");
        asks.requireEndSeen(() -> shown.add("end"));
        inSight();
        asks.allow();
        asks.allowAlways();
        assertThat(sent).isEmpty();
        assertThat(shown).isNotEmpty();
        // An end that was scrolled to has to be in sight for a moment.
        asks.markEndSeen(true);
        asks.allow();
        assertThat(sent).isEmpty();
        inSight();
        asks.allow();
        assertThat(sent).hasSize(1);
    }

    @Test
    void anAskCanBeDeniedBeforeItsEndWasInSight() {
        ask("1", "");
        asks.requireEndSeen(() -> {});
        inSight();
        asks.deny();
        assertThat(answer().path("behavior").asText()).isEqualTo("deny");
    }

    @Test
    void noRuleIsOfferedForCommandsWithoutASuggestion() {
        ask("1", "");
        assertThat(asks.shown().get().rule()).isNull();
        inSight();
        asks.allowAlways();
        assertThat(sent).isEmpty();
    }

    @Test
    void aRuleForAWholeToolIsDescribedAsSuch() {
        for (String content : List.of("", "*", ":*")) {
            ask(
                    "rule " + content,
                    ",\"permission_suggestions\":[{\"type\":\"addRules\",\"behavior\":\"allow\","
                            + "\"rules\":[{\"toolName\":\"Bash\",\"ruleContent\":\""
                            + content
                            + "\"}]}]");
            assertThat(asks.pending().getLast().rule())
                    .extracting(Ask.Rule::covers)
                    .isEqualTo("every command of Bash");
        }
    }

    @Test
    void aPathIsOutsideOnlyIfTheServerReportsIt() {
        ask("1", ",\"blocked_path\":\"/project/x\"");
        ask("2", ",\"blocked_path\":\"/project/x\",\"oriel_outside\":false");
        ask("3", ",\"blocked_path\":\"/etc/x\",\"oriel_outside\":true");
        assertThat(asks.pending())
                .extracting(Ask::askedPath)
                .containsExactly(
                        new Ask.AskedPath("/project/x", Ask.Where.UNKNOWN),
                        new Ask.AskedPath("/project/x", Ask.Where.INSIDE),
                        new Ask.AskedPath("/etc/x", Ask.Where.OUTSIDE));
    }

    @Test
    void aDraftIsKeptWhileAnotherSessionIsOpen() {
        ask("1", "");
        asks.draft(asks.shown().get()).setReason("not now");
        asks.attach("other", _ -> true);
        ask("1", "");
        assertThat(asks.draft(asks.shown().get()).reason()).isEmpty();
        asks.attach("session", sent::add);
        ask("1", "");
        inSight();
        asks.deny();
        assertThat(answer().path("message").asText()).isEqualTo("not now");
        // Resolving the ask removes its draft.
        ask("1", "");
        assertThat(asks.draft(asks.shown().get()).reason()).isEmpty();
    }

    @Test
    void denyingSendsTheReason() {
        ask("1", "");
        inSight();
        asks.deny("  not on this branch ");
        assertThat(answer().path("behavior").asText()).isEqualTo("deny");
        assertThat(answer().path("message").asText()).isEqualTo("not on this branch");
    }

    @Test
    void aWithdrawnAskIsRemovedWithAMessage() throws Exception {
        ask("1", "");
        withdraw("1");
        assertThat(asks.pending()).isEmpty();
        assertThat(words).singleElement().asString().contains("elsewhere");
        withdraw("2");
        assertThat(words).hasSize(1);
    }

    @Test
    void anAskStaysOpenIfTheReplyWasNotSent() {
        connected = false;
        ask("1", "");
        inSight();
        asks.allow();
        assertThat(asks.pending()).hasSize(1);
        assertThat(words).singleElement().asString().contains("stays open");
    }

    @Test
    void anAskSentAgainAfterAReconnectStaysArmed() {
        ask("1", "");
        inSight();
        ask("1", "");
        assertThat(asks.pending()).hasSize(1);
        assertThat(asks.armed().get()).isTrue();
        asks.retainOnly(Set.of());
        assertThat(asks.pending()).isEmpty();
    }

    @Test
    void answersAreSentByTheTextOfTheirQuestion() throws Exception {
        asks.receive(
                Message.parse(
                        """
                        {"type":"control_request","request_id":"q","request":{"subtype":"can_use_tool",\
                        "tool_name":"AskUserQuestion","input":{"questions":[{"question":"Which one?",\
                        "options":[{"label":"A"},{"label":"B"}]}]}}}\
                        """),
                false);
        inSight();
        asks.answerQuestions(Map.of("Which one?", "B"));
        JsonNode input = answer().path("updatedInput");
        assertThat(input.path("answers").path("Which one?").asText()).isEqualTo("B");
        assertThat(input.path("questions")).hasSize(1);
    }

    private AskDraft commented() throws MalformedMessageException {
        asks.receive(
                Message.parse(
                        "{\"type\":\"control_request\",\"request_id\":\"p\",\"request\":{\"subtype\":"
                            + "\"can_use_tool\",\"tool_name\":\"ExitPlanMode\",\"input\":{\"plan\":\"1."
                            + " Paint\"}}}"),
                false);
        AskDraft draft = asks.draft(asks.pending().getFirst());
        draft.addComment(new PlanComment("1. Paint", "Blue."));
        return draft;
    }

    @Test
    void commentsOnAPlanThatIsApprovedAreKept() throws Exception {
        commented();
        inSight();
        connected = false;
        asks.allow();
        assertThat(kept).as("nothing was sent").isEmpty();
        connected = true;
        asks.allow();
        assertThat(answer().path("behavior").asText()).isEqualTo("allow");
        assertThat(kept).singleElement().asString().contains("> 1. Paint", "Blue.");
    }

    @Test
    void commentsThatAreSentAreNotKept() throws Exception {
        commented();
        inSight();
        asks.deny();
        assertThat(answer().path("message").asText()).contains("> 1. Paint", "Blue.");
        assertThat(kept).isEmpty();
    }

    @Test
    void commentsOnAPlanThatIsNoLongerAskedForAreKeptOnce() throws Exception {
        commented();
        withdraw("p");
        asks.retainOnly(Set.of());
        assertThat(kept).hasSize(1);
    }

    @Test
    void aReasonForAnAskThatIsNoLongerOpenIsKeptButNoAnswerToAQuestion() throws Exception {
        ask("1", "");
        ask("2", "");
        asks.draft(asks.pending().getFirst()).setReason("Use the other remote.");
        asks.draft(asks.pending().getLast()).setText(0, "a secret");
        withdraw("1");
        withdraw("2");
        assertThat(kept).containsExactly("Use the other remote.");
        assertThat(words).contains("What you wrote is in the message field.");
    }
}
