package dev.oriel.testing.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ServerKind;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// A small server of one of the four compatibility kinds, on a [TestPeer]: it sends the greeting of
/// its system and replies to each prompt with a tool call and a sentence that contains the kind and
/// the prompt.
public final class FakeCompatServer implements AutoCloseable {
    private final TestPeer peer = new TestPeer();
    private final ServerKind kind;
    private final List<String> sessions = new ArrayList<>();

    public FakeCompatServer(ServerKind kind) {
        this.kind = kind;
        Thread.ofVirtual().name("other-server").start(this::serve);
    }

    public String url() {
        return peer.url().replace("http", "ws") + kind.defaultPath();
    }

    private void serve() {
        while (true) {
            try {
                PeerConnection caller = peer.accept();
                Thread.ofVirtual().start(() -> serveConnection(caller.upgrade()));
            } catch (InterruptedException e) {
                return;
            } catch (AssertionError nobody) {
                if (peer.closed()) {
                    return;
                }
            }
        }
    }

    private void serveConnection(PeerConnection caller) {
        try {
            switch (kind) {
                case ENHANCED ->
                        send(caller, "{'type':'connection_established','data':{'session_id':'s'}}");
                case RELAY -> send(caller, "{'type':'connected'}");
                case ONESHOT -> send(caller, "{'info':'send {prompt,meta}'}");
                case MANAGER, NATIVE -> {
                    // This kind sends no greeting.
                }
            }
            while (true) {
                receive(caller, caller.receive());
            }
        } catch (UncheckedIOException e) {
            // The client has disconnected.
        }
    }

    private static void send(PeerConnection caller, String loose) {
        caller.sendText(loose.replace('\'', '"'));
    }

    private void receive(PeerConnection caller, JsonNode frame) {
        String type = frame.path("type").asText();
        switch (kind) {
            case ENHANCED -> {
                if (type.equals("query")) {
                    replyEnhanced(caller, frame.path("prompt").asText());
                }
            }
            case RELAY -> {
                if (type.equals("user_message")) {
                    replyRelay(caller, frame.path("data").path("message").path("content").asText());
                }
            }
            case ONESHOT -> {
                String answer = answer(frame.path("prompt").asText()).toString();
                caller.sendText(answer.substring(0, 20)).sendText(answer.substring(20) + "\n");
                send(caller, "{'type':'result','subtype':'success','total_cost_usd':0.01}\n");
                caller.close(1000);
            }
            case MANAGER -> replyManager(caller, frame, type);
            case NATIVE -> throw new IllegalArgumentException("has a server of its own");
        }
    }

    private String sentence(String prompt) {
        return kind.label() + " heard: " + prompt;
    }

    private ObjectNode answer(String prompt) {
        ObjectNode message = Json.object().put("type", "assistant");
        message.putObject("message")
                .put("id", "m" + prompt.hashCode())
                .set("content", blocks(prompt));
        return message;
    }

    private ArrayNode blocks(String prompt) {
        ArrayNode blocks = Json.mapper().createArrayNode();
        blocks.addObject().put("type", "text").put("text", sentence(prompt));
        return blocks;
    }

    private void replyEnhanced(PeerConnection caller, String prompt) {
        send(caller, "{'type':'query_start','data':{}}");
        ObjectNode frame = Json.object().put("type", "assistant_message");
        ArrayNode blocks = frame.putObject("data").putArray("content");
        blocks.addObject()
                .put("type", "tool_use")
                .put("id", "t1")
                .put("name", "Bash")
                .putObject("input")
                .put("command", "ls");
        blocks.addObject()
                .put("type", "tool_result")
                .put("tool_use_id", "t1")
                .put("content", "a file");
        blocks.addAll(blocks(prompt));
        caller.sendText(frame.toString());
        send(
                caller,
                "{'type':'result_message','data':{'subtype':'success','duration_ms':1200,'total_cost_usd':0.02}}");
        send(caller, "{'type':'query_end'}");
    }

    private void replyRelay(PeerConnection caller, String prompt) {
        ObjectNode frame = Json.object().put("type", "sdk_message");
        frame.set("data", answer(prompt));
        caller.sendText(frame.toString());
        send(
                caller,
                "{'type':'sdk_message','data':{'type':'result','subtype':'success','total_cost_usd':0.03}}");
    }

    private synchronized void replyManager(PeerConnection caller, JsonNode frame, String type) {
        String session = frame.path("session_id").asText();
        switch (type) {
            case "auth" -> send(caller, "{'type':'auth_success'}");
            case "list_sessions" -> {
                ObjectNode list = Json.object().put("type", "sessions_list");
                ArrayNode all = list.putArray("sessions");
                sessions.forEach(s -> all.addObject().put("id", s).put("status", "idle"));
                caller.sendText(list.toString());
            }
            case "create_session" -> {
                sessions.add(session);
                send(
                        caller,
                        "{'type':'session_created','session_id':'"
                                + session
                                + "','session':{'id':'"
                                + session
                                + "','status':'idle'}}");
            }
            case "send_prompt" -> {
                String in = "','session_id':'" + session + "'}";
                String words = sentence(frame.path("prompt").asText());
                send(
                        caller,
                        "{'type':'agent_thinking','thinking':true,'session_id':'" + session + "'}");
                send(
                        caller,
                        "{'type':'agent_tool_use','tool':'Read','parameters':{'file_path':'notes.txt'},'tool_use_id':'t"
                                + sessions.size()
                                + in);
                send(
                        caller,
                        "{'type':'agent_message','complete':false,'message_id':'a','content':'"
                                + words
                                + in);
                send(
                        caller,
                        "{'type':'agent_message','complete':true,'message_id':'a','content':'"
                                + words
                                + in);
            }
            case "end_session" -> {
                sessions.remove(session);
                send(caller, "{'type':'session_ended','session_id':'" + session + "'}");
            }
            default -> send(caller, "{'type':'error','message':'Unknown message type: x'}");
        }
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
