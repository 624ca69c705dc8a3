package dev.oriel.client.connect;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChatTurnTest {
    private static final String FAILED_SESSION =
            "{'type':'system','subtype':'oriel_session','session':{'state':'failed','error':'no"
                    + " agent'}}";

    private final ChatTurn turn = new ChatTurn();

    private static Message message(String loose) {
        return Message.of(json(loose));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of("{'type':'result','subtype':'success','is_error':false}", ""),
                Arguments.of("{'type':'result','is_error':true,'result':'no login'}", "no login"),
                Arguments.of(
                        "{'type':'result','is_error':true,'terminal_reason':'aborted_streaming'}",
                        "Interrupted."),
                Arguments.of(
                        "{'type':'result','subtype':'error_during_execution',"
                                + "'errors':['[ede_diagnostic] x','one','two']}",
                        "one\ntwo"),
                Arguments.of(
                        "{'type':'result','subtype':'error_max_turns'}",
                        "The turn ended with an error (error_max_turns)."),
                Arguments.of("{'type':'error','error':{'message':'too many'}}", "too many"),
                Arguments.of(
                        "{'type':'system','subtype':'oriel_agent_exited','text':'crashed'}",
                        "crashed"),
                Arguments.of(FAILED_SESSION, "no agent"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aTurnEndsWithItsReason(String end, String problem) {
        Chat.Answer answer = requireNonNull(turn.finish(message(end)));
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.error()).isEqualTo(!problem.isEmpty());
    }

    @Test
    void otherMessagesDoNotEndIt() {
        for (String other :
                new String[] {
                    "{'type':'assistant','message':{'content':[]}}",
                    "{'type':'system','subtype':'init'}",
                    "{'type':'system','subtype':'oriel_session','session':{'state':'running'}}"
                }) {
            assertThat(turn.finish(message(other))).isNull();
        }
    }

    @Test
    void aFailedSessionEndsOnlyATurnThatHasNotStarted() {
        assertThat(turn.finish(message("{'type':'user','uuid':'" + turn.prompt() + "'}"))).isNull();
        assertThat(turn.finish(message(FAILED_SESSION))).isNull();
    }

    @Test
    void theAnswerHasTheTextAndTheCostSoFar() {
        String text =
                "{'type':'assistant','message':{'id':'m','content':[{'type':'text','text':'Hi'}]}}";
        assertThat(turn.append(message(text))).isEqualTo("Hi");
        assertThat(turn.append(message("{'type':'result'}"))).isEmpty();
        assertThat(turn.finish(message("{'type':'result','total_cost_usd':0.5}")))
                .isEqualTo(new Chat.Answer("Hi", false, "", 0.5));
        assertThat(turn.failed("lost")).isEqualTo(new Chat.Answer("Hi", true, "lost", 0));
    }
}
