package dev.oriel.app.conversation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Activity;
import dev.oriel.app.conversation.item.ConversationFacts;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the status line shows: what the agent does, its model, its cost and its context.
class FactsFoldTest {
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
    private static final String BASH =
            "{'type':'assistant','message':{'model':'opus','content':[{'type':'tool_use','id':'t1',"
                    + "'name':'Bash','input':{'command':'ls'}}]}}";
    private static final String ASK =
            "{'type':'control_request','request_id':'%s','request':{'subtype':'%s'}}";

    private final FactsFold fold = new FactsFold();

    private Activity apply(String... messages) {
        for (String json : messages) {
            try {
                fold.apply(Message.parse(json.replace('\'', '"')), NOW);
            } catch (MalformedMessageException e) {
                throw new IllegalArgumentException(json, e);
            }
        }
        return fold.facts().activity();
    }

    private static String session(String members) {
        return "{'type':'system','subtype':'oriel_session','session':{" + members + "}}";
    }

    private static String blockStart(String type) {
        return "{'type':'stream_event','event':{'type':'content_block_start',"
                + "'content_block':{'type':'"
                + type
                + "'}}}";
    }

    @Test
    void aNewConversationIsIdleAndNothingIsKnown() {
        assertThat(fold.facts()).isEqualTo(ConversationFacts.none());
    }

    @Test
    void aTurnGoesFromThePromptToItsResult() {
        assertThat(apply("{'type':'user','message':{'content':'hi'}}"))
                .isEqualTo(new Activity.Waiting(NOW));
        assertThat(apply(blockStart("thinking"))).isEqualTo(new Activity.Thinking(NOW));
        assertThat(apply(blockStart("text"))).isEqualTo(new Activity.Writing(NOW));
        assertThat(apply(BASH)).isEqualTo(new Activity.RunningTool("Run", "ls", NOW));
        assertThat(
                        apply(
                                "{'type':'user','message':{'content':["
                                        + "{'type':'tool_result','tool_use_id':'t1'}]}}"))
                .isEqualTo(new Activity.Waiting(NOW));
        assertThat(apply("{'type':'result'}")).isEqualTo(new Activity.Idle());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'result'}",
                "{'type':'system','subtype':'oriel_agent_exited'}",
                "{'type':'system','subtype':'oriel_forked'}",
                "{'type':'system','subtype':'session_state_changed','state':'idle'}",
                "{'type':'system','subtype':'oriel_session','session':{'state':'idle'}}",
                "{'type':'system','subtype':'oriel_session','session':{'state':'failed'}}",
                "{'type':'system','subtype':'oriel_session','session':{'state':'ended'}}"
            })
    void theEndOfATurnStopsItsTools(String end) {
        apply(BASH);
        assertThat(apply(end)).isEqualTo(new Activity.Idle());
        assertThat(apply(blockStart("text"))).isEqualTo(new Activity.Writing(NOW));
    }

    @Test
    void messagesOfSubagentsChangeNothing() {
        apply(BASH);
        String parent = "'parent_tool_use_id':'t1',";
        assertThat(
                        apply(
                                "{'type':'assistant'," + parent + "'message':{'model':'haiku'}}",
                                "{'type':'user',"
                                        + parent
                                        + "'message':{'content':["
                                        + "{'type':'tool_result','tool_use_id':'t1'}]}}",
                                "{'type':'stream_event'," + parent + "'event':{}}"))
                .isEqualTo(new Activity.RunningTool("Run", "ls", NOW));
        assertThat(fold.facts().model()).isEqualTo("opus");
    }

    @Test
    void openAsksComeBeforeTheToolUntilTheLastIsResolved() {
        apply(BASH);
        assertThat(apply(ASK.formatted("a", "can_use_tool"), ASK.formatted("b", "elicitation")))
                .isEqualTo(new Activity.AwaitingAnswer(2));
        assertThat(apply(ASK.formatted("c", "oriel_trust")))
                .as("no turn waits for the trust of a folder")
                .isEqualTo(new Activity.AwaitingAnswer(2));
        fold.removeAsk("a");
        assertThat(apply("{'type':'control_cancel_request','request_id':'b'}"))
                .isEqualTo(new Activity.RunningTool("Run", "ls", NOW));
    }

    @Test
    void anAskOfABackgroundTaskOutlastsItsTurnButNotItsAgent() {
        apply(BASH, ASK.formatted("a", "can_use_tool"));
        assertThat(apply("{'type':'result'}")).isEqualTo(new Activity.AwaitingAnswer(1));
        assertThat(apply(session("'state':'idle','asks':1")))
                .isEqualTo(new Activity.AwaitingAnswer(1));
        assertThat(apply("{'type':'system','subtype':'oriel_agent_exited'}"))
                .isEqualTo(new Activity.Idle());
    }

    @Test
    void aSessionWithoutAsksHasNoneOpen() {
        apply(ASK.formatted("a", "can_use_tool"));
        assertThat(apply(session("'state':'idle','asks':0"))).isEqualTo(new Activity.Idle());
    }

    @Test
    void anInterruptedTurnIsInterruptingUntilItEnds() {
        apply(BASH, ASK.formatted("a", "can_use_tool"));
        assertThat(apply(session("'state':'interrupting','asks':1")))
                .isEqualTo(new Activity.Interrupting(NOW));
        assertThat(apply("{'type':'user','message':{'content':'more'}}"))
                .isEqualTo(new Activity.Interrupting(NOW));
        assertThat(apply(session("'state':'running'"))).isEqualTo(new Activity.Interrupting(NOW));
        assertThat(apply("{'type':'result'}", session("'state':'idle'")))
                .isEqualTo(new Activity.Idle());
    }

    @Test
    void theAgentsOwnUserMessagesStartNoWait() {
        assertThat(apply("{'type':'user','isReplay':true,'message':{'content':'x'}}"))
                .isEqualTo(new Activity.Idle());
        assertThat(apply("{'type':'user','isSynthetic':true,'message':{'content':'x'}}"))
                .isEqualTo(new Activity.Idle());
    }

    @Test
    void retriesAndCompactionsAreShown() {
        assertThat(
                        apply(
                                "{'type':'system','subtype':'api_retry','attempt':2,"
                                        + "'max_retries':10,'retry_delay_ms':1500}"))
                .isInstanceOfSatisfying(
                        Activity.Retrying.class,
                        r -> {
                            assertThat(r.attempt()).isEqualTo(2);
                            assertThat(r.of()).isEqualTo(10);
                            assertThat(r.next()).isEqualTo(NOW.plusMillis(1_500));
                        });
        assertThat(apply("{'type':'system','subtype':'status','status':'compacting'}"))
                .isEqualTo(new Activity.Compacting(NOW));
        assertThat(apply("{'type':'system','subtype':'status','status':'requesting'}"))
                .isEqualTo(new Activity.Waiting(NOW));
    }

    @Test
    void theModelIsThatOfTheLastAnswer() {
        apply("{'type':'system','subtype':'init','model':'opus','permissionMode':'plan'}");
        assertThat(fold.facts().model()).isEqualTo("opus");
        assertThat(fold.facts().permissionMode()).isEqualTo("plan");
        apply("{'type':'assistant','message':{'model':'sonnet','content':[]}}");
        assertThat(fold.facts().model()).isEqualTo("sonnet");
        apply("{'type':'assistant','message':{'model':'<synthetic>','content':[]}}");
        assertThat(fold.facts().model()).as("no model").isEqualTo("sonnet");
        apply("{'type':'stream_event','event':{'type':'message_start','message':{'model':'m'}}}");
        assertThat(fold.facts().model()).isEqualTo("m");
        apply(session("'model':'n','permission_mode':'default'"));
        assertThat(fold.facts().model()).isEqualTo("n");
        assertThat(fold.facts().permissionMode()).isEqualTo("default");
    }

    @Test
    void theContextCountsAllTokensOfTheLastAnswer() {
        apply(
                "{'type':'assistant','message':{'model':'opus','usage':{'input_tokens':1,"
                        + "'cache_read_input_tokens':20,'cache_creation_input_tokens':300,"
                        + "'output_tokens':4000}}}",
                "{'type':'assistant','message':{'usage':{}}}");
        assertThat(fold.facts().contextTokens()).isEqualTo(4_321);
        apply(
                "{'type':'result','modelUsage':{'opus':{'contextWindow':200000},"
                        + "'haiku':{'contextWindow':100}}}");
        assertThat(fold.facts().contextWindow()).isEqualTo(200_000);
        apply("{'type':'result','modelUsage':{'opus':{}}}");
        assertThat(fold.facts().contextWindow()).as("not reported").isEqualTo(200_000);
    }

    @Test
    void aCompactionLeavesTheSizeOfItsSummary() {
        apply("{'type':'assistant','message':{'usage':{'input_tokens':180000}}}");
        apply(
                "{'type':'system','subtype':'compact_boundary',"
                        + "'compact_metadata':{'trigger':'manual','post_tokens':3210}}");
        assertThat(fold.facts().contextTokens()).isEqualTo(3_210);
        apply("{'type':'system','subtype':'compact_boundary','compact_metadata':{}}");
        assertThat(fold.facts().contextTokens()).as("not known").isZero();
    }

    @Test
    void theSizeOfARewoundConversationIsUnknownUntilItsNextAnswer() {
        apply("{'type':'assistant','message':{'usage':{'input_tokens':180000}}}");
        apply("{'type':'system','subtype':'oriel_rewound','first':2,'last':9}");
        assertThat(fold.facts().contextTokens()).isZero();
    }

    @Test
    void whatASubagentReadsIsNotInTheContext() {
        apply("{'type':'assistant','message':{'usage':{'input_tokens':10}}}");
        apply(
                "{'type':'assistant','parent_tool_use_id':'t',"
                        + "'message':{'usage':{'input_tokens':99999}}}");
        assertThat(fold.facts().contextTokens()).isEqualTo(10);
    }

    @Test
    void theCostOfTheSessionComesBeforeThatOfTheAgent() {
        apply("{'type':'result','total_cost_usd':0.5}");
        assertThat(fold.facts().costUsd()).isEqualTo(0.5);
        apply(session("'cost_usd':2.0"), "{'type':'result','total_cost_usd':0.75}");
        assertThat(fold.facts().costUsd()).isEqualTo(2.0);
    }
}
