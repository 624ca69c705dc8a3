package dev.oriel.client.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ServerKind;
import dev.oriel.client.compat.protocol.EffectSummary;
import dev.oriel.client.link.FakeWebSocket;
import dev.oriel.message.CloseCode;
import dev.oriel.testing.data.RandomFrames;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a server sends, and in whatever order, the client stays usable.
class HostileServerTest {
    private static final int FRAMES = 400;

    private static final String[] ENHANCED = {
        "{'type':'query_start','data':{'prompt':'x'}}",
        "{'type':'system_message','data':{'subtype':'init','model':'m','cwd':'/w'}}",
        "{'type':'assistant_message','data':{'content':[{'type':'text','text':'Hi'},"
                + "{'type':'tool_result','tool_use_id':'t','content':null,'is_error':false}]}}",
        "{'type':'result_message','data':{'subtype':'success','total_cost_usd':0.1}}",
        "{'type':'query_end'}",
        "{'type':'query_interrupted'}",
        "{'type':'interrupt_acknowledged'}",
        "{'type':'error','data':{'error':'broken'}}",
    };

    private static final String[] RELAY = {
        "{'type':'connected'}",
        "{'type':'sdk_message','data':{'type':'assistant','message':{'id':'m','content':[]}}}",
        "{'type':'sdk_message','data':{'type':'stream_event','event':{'type':'message_stop'}}}",
        "{'type':'sdk_message','data':{'type':'result','subtype':'success','seq':7}}",
        "{'type':'error','error':'Server already has an active connection'}",
        "{'type':'error','error':'broken'}",
        "{'type':'info','data':'stderr'}",
    };

    private static final String[] ONESHOT = {
        "{'info':'send {prompt,meta}'}",
        "{'error':'stderr'}",
        "{'type':'assistant','message':{'id':'m','content':[{'type':'text','text':'Hi'}]}}",
        "{'type':'message','id':'m','content':[{'type':'text','text':'Hi'}]}",
        "{'type':'result','subtype':'success','is_error':false}",
    };

    private static final String[] MANAGER = {
        "{'type':'sessions_list','sessions':[{'id':'s','status':'processing','options':{}},"
                + "{'id':'s2','status':'error','error_message':'full'}]}",
        "{'type':'sessions_list','sessions':[{'id':'s','status':'idle'}]}",
        "{'type':'session_created','session_id':'s','session':{'id':'s','status':'active'}}",
        "{'type':'session_ended','session_id':'s'}",
        "{'type':'agent_thinking','thinking':true,'session_id':'s'}",
        "{'type':'agent_message','content':'Hi','complete':true,'message_id':'m','session_id':'s'}",
        "{'type':'agent_tool_use','tool':'Bash','parameters':{},'tool_use_id':'t','session_id':'s'}",
        "{'type':'permission_request','session_id':'s','request_id':'r','tool':'Bash'}",
        "{'type':'permission_acknowledged','session_id':'s','request_id':'r'}",
        "{'type':'error','message':'Error processing prompt: x','session_id':'s'}",
    };

    static Stream<Arguments> servers() {
        return LongStream.range(0, 4)
                .boxed()
                .flatMap(seed ->
                        Stream.of(
                                Arguments.of(ServerKind.ENHANCED, seed, ENHANCED),
                                Arguments.of(ServerKind.RELAY, seed, RELAY),
                                Arguments.of(ServerKind.ONESHOT, seed, ONESHOT),
                                Arguments.of(ServerKind.MANAGER, seed, MANAGER)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("servers")
    void afterAnyFramesTheNextConnectionAnswersPrompts(ServerKind kind, long seed, String[] valid) {
        CompatDriver client = new CompatDriver(kind);
        FakeWebSocket socket = client.accept();
        String id = client.open();
        RandomFrames frames =
                new RandomFrames(
                        seed, Stream.of(valid).map(EffectSummary::frame).toArray(String[]::new));
        for (int i = 0; i < FRAMES; i++) {
            if (i % 40 == 0) {
                client.submit(id, "prompt " + i);
            }
            client.network.receive(socket, frames.next());
        }
        assertThat(client.listener.seqs())
                .isEqualTo(LongStream.rangeClosed(1, lastSeq(client)).boxed().toList());

        client.network.close(socket, CloseCode.INTERNAL_ERROR);
        client.outbox.removeSession(id);
        if (client.network.isQuiet()) {
            client.connection.reconnect();
        }
        FakeWebSocket next = client.accept();
        if (kind != ServerKind.MANAGER) {
            client.open();
        }
        assertThat(client.feed.info(id).activity().isBusy()).isFalse();
        client.submit(id, "the last prompt");
        assertThat(next.sent).singleElement().asString().contains("the last prompt");
    }

    private static long lastSeq(CompatDriver client) {
        return client.listener.seqs().isEmpty()
                ? 0
                : Objects.requireNonNull(client.listener.seqs().getLast());
    }
}
