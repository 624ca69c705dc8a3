package dev.oriel.session.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.FolderCommands;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.session.event.SessionEvent.AgentStdout;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.NativeMessage;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.SessionEvent.QueueChanged;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.SessionEvent.TrustRequested;
import dev.oriel.session.event.SessionEvent.UnsentPrompts;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The wire's form of every event, byte for byte.
class EventMessagesTest {
    private static final UUID PROMPT = new UUID(0, 1);
    private static final Message USER = UserMessages.prompt(PROMPT, "Hello");

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of(
                        new PromptChanged(PROMPT, Progress.QUEUED),
                        "{'type':'command_lifecycle','command_uuid':'00000000-0000-0000-0000-000000"
                                + "000001','state':'queued'}"),
                Arguments.of(
                        new Notice(Level.WARNING, "garbled", "A line."),
                        "{'type':'system','subtype':'oriel_notice','level':'warning','code':'garbled','text':'A"
                            + " line.'}"),
                Arguments.of(
                        new AgentStderr("old"),
                        "{'type':'system','subtype':'oriel_stderr','line':'old'}"),
                Arguments.of(
                        new AgentStdout("odd"),
                        "{'type':'system','subtype':'oriel_stdout','line':'odd'}"),
                Arguments.of(
                        new AgentExited(ExitCause.CRASHED, 3, "It ended.", List.of("no key")),
                        "{'type':'system','subtype':'oriel_agent_exited','cause':'crashed','text':'It"
                            + " ended.','code':3,'last_words':['no key']}"),
                Arguments.of(
                        new AgentExited(
                                ExitCause.CONVERSATION_GONE, null, "It is gone.", List.of()),
                        "{'type':'system','subtype':'oriel_agent_exited','cause':'conversation_gone','text':'It"
                            + " is gone.','last_words':[]}"),
                Arguments.of(
                        new AskClosed("r1"), "{'type':'control_cancel_request','request_id':'r1'}"),
                Arguments.of(
                        new TrustRequested(
                                "r1",
                                "/proj",
                                List.of(new FolderCommands.Item("a.json", "hook", "rm")),
                                2),
                        "{'type':'control_request','request_id':'r1',"
                            + "'request':{'subtype':'oriel_trust','folder':'/proj',"
                            + "'items':[{'file':'a.json','kind':'hook','text':'rm'}],'more':2}}"),
                Arguments.of(
                        new QueueChanged(List.of(), true),
                        "{'type':'system','subtype':'oriel_queue','held':true,'prompts':[]}"),
                Arguments.of(
                        new QueueChanged(List.of(), false),
                        "{'type':'system','subtype':'oriel_queue','prompts':[]}"),
                Arguments.of(
                        new UnsentPrompts(List.of(), "No agent."),
                        "{'type':'system','subtype':'oriel_unsent','prompts':[],'error':'No"
                                + " agent.'}"),
                Arguments.of(
                        ControlReply.success("r1", Json.object().put("a", 1)),
                        "{'type':'control_response','response':{'subtype':'success',"
                                + "'request_id':'r1','response':{'a':1}}}"),
                Arguments.of(
                        ControlReply.success(null, null),
                        "{'type':'control_response','response':{'subtype':'success'}}"),
                Arguments.of(
                        ControlReply.failure("r1", "busy", "A turn runs."),
                        "{'type':'control_response','response':{'subtype':'error','request_id':'r1','error':'A"
                            + " turn runs.','error_code':'busy'}}"),
                Arguments.of(
                        ControlReply.fromAgent(
                                "r1",
                                Json.object().put("subtype", "success").put("request_id", "its")),
                        "{'type':'control_response','response':{'subtype':'success','request_id':'r1'}}"),
                Arguments.of(
                        new RequestRejected("too_many", "Too many."),
                        "{'type':'error','error':{'code':'too_many','message':'Too many.'}}"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventHasItsFormOnTheWire(SessionEvent event, String json) {
        assertThat(EventMessages.of(event)).hasToString(json.replace('\'', '"'));
    }

    @Test
    void aMessageOfTheAgentKeepsItsBytes() throws Exception {
        Message odd = Message.parse("{ \"type\" : \"novelty\" }");
        assertThat(EventMessages.of(new MessageEvent(odd))).isSameAs(odd);
        assertThat(EventMessages.of(new AskClosed("r1", odd))).isSameAs(odd);
    }

    @Test
    void theQueueIsEncodedOnce() {
        var queue = new QueueChanged(List.of(USER), false);
        assertThat(EventMessages.of(queue)).isSameAs(EventMessages.of(queue));
        assertThat(EventMessages.of(queue).tree().path("prompts").path(0)).isEqualTo(USER.tree());
    }

    @Test
    void aReplayedEventIsTheOneThatWasRecorded() {
        var exited = new AgentExited(ExitCause.STOPPED, 143, "It ended.", List.of("a", "b"));
        var notice = new Notice(Level.ERROR, "damaged", "A message is damaged.");
        assertThat(replayed(exited)).isEqualTo(exited);
        assertThat(replayed(notice)).isEqualTo(notice);
        assertThat(replayed(new MessageEvent(USER))).isEqualTo(new MessageEvent(USER));
    }

    @Test
    void aReplayedMessageKeepsTheBytesOfTheJournal() throws Exception {
        Message older =
                Message.parse(
                        "{\"type\":\"system\",\"subtype\":\"oriel_agent_exited\",\"cause\":\"of a"
                                + " later version\"}");
        Delivery delivery = Delivery.replayed(older, 7);
        assertThat(delivery.message()).isSameAs(older);
        assertThat(delivery.seq()).isEqualTo(7);
        assertThat(delivery.event()).isInstanceOf(AgentExited.class);
    }

    @Test
    void otherMessagesOfOrielAreForNativeClients() throws Exception {
        Message control = Message.parse("{\"type\":\"system\",\"subtype\":\"oriel_control\"}");
        assertThat(Delivery.replayed(control, 1).event()).isEqualTo(new NativeMessage(control));
    }

    @Test
    void promptsAreDistinguishedFromUserMessagesOfTheAgent() throws Exception {
        assertThat(new MessageEvent(USER).isPrompt()).isTrue();
        Message result = Message.parse("{\"type\":\"user\",\"session_id\":\"s\"}");
        assertThat(new MessageEvent(result).isPrompt()).isFalse();
    }

    @Test
    void everyKindOfErrorReplyHasItsText() {
        assertThat(ControlReply.success("r", null).error()).isEmpty();
        assertThat(ControlReply.failure("r", "code", "No.").error()).contains("No.");
        var refused = Json.object().put("subtype", "error").put("error", "Never.");
        assertThat(ControlReply.fromAgent("r", refused).error()).contains("Never.");
        var nested = Json.object().put("subtype", "error");
        nested.putObject("error").put("message", "Deep.");
        assertThat(ControlReply.fromAgent("r", nested).error()).contains("Deep.");
        assertThat(ControlReply.fromAgent("r", Json.object().put("subtype", "success")).error())
                .isEmpty();
    }

    private static SessionEvent replayed(SessionEvent event) {
        return Delivery.replayed(EventMessages.of(event), 1).event();
    }
}
