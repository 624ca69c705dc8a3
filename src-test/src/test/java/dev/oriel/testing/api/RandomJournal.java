package dev.oriel.testing.api;

import static dev.oriel.testing.api.SampleMessages.assistant;
import static dev.oriel.testing.api.SampleMessages.assistantJson;
import static dev.oriel.testing.api.SampleMessages.block;
import static dev.oriel.testing.api.SampleMessages.boundary;
import static dev.oriel.testing.api.SampleMessages.call;
import static dev.oriel.testing.api.SampleMessages.image;
import static dev.oriel.testing.api.SampleMessages.init;
import static dev.oriel.testing.api.SampleMessages.prompt;
import static dev.oriel.testing.api.SampleMessages.result;
import static dev.oriel.testing.api.SampleMessages.summary;
import static dev.oriel.testing.api.SampleMessages.system;
import static dev.oriel.testing.api.SampleMessages.text;
import static dev.oriel.testing.api.SampleMessages.thinking;
import static dev.oriel.testing.api.SampleMessages.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.data.RandomTexts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Journals of conversations with everything that an agent emits, and much that it should not. The
/// same seed gives the same journal, except for UUIDs.
public final class RandomJournal {
    private final Random random;
    private final RandomTexts texts;
    private final List<Message> messages = new ArrayList<>();
    private int ids;

    private RandomJournal(long seed) {
        random = new Random(seed);
        texts = new RandomTexts(seed);
    }

    public static List<Message> of(long seed) {
        RandomJournal journal = new RandomJournal(seed);
        int turns = 1 + journal.random.nextInt(6);
        for (int i = 0; i < turns; i++) {
            journal.turn();
        }
        return journal.messages;
    }

    private void turn() {
        messages.add(prompt(anyText(5)));
        messages.add(init(oneIn(5) ? "other" : "claude-test", oneIn(8) ? "b" : "a"));
        int requests = 1 + random.nextInt(4);
        for (int i = 0; i < requests; i++) {
            messages.add(system("status"));
            noise();
            answer("msg_" + (oneIn(6) ? "same" : ids++));
            if (oneIn(12)) {
                compact();
            }
        }
        messages.add(Message.of(Json.object().put("type", "result").put("subtype", "success")));
    }

    private void answer(String id) {
        List<ObjectNode> results = new ArrayList<>();
        int blocks = random.nextInt(6);
        for (int i = 0; i < blocks; i++) {
            switch (random.nextInt(9)) {
                case 0 -> add(id, thinking(anyText(9), oneIn(3) ? "" : "signed"));
                case 1 -> add(id, block("redacted_thinking").put("data", oneIn(3) ? "" : "xx"));
                case 2, 3, 4 -> add(id, text(anyText(4)));
                case 5 -> server(id);
                default -> {
                    String call = oneIn(8) ? "call_0" : oneIn(20) ? "call:/é" : "toolu_" + ids++;
                    ObjectNode use = call(call, oneIn(20) ? "my tool" : "Read");
                    if (oneIn(9)) {
                        use.put("input", "text");
                    }
                    add(id, use.putNull("caller"));
                    results.add(oneIn(9) ? withImage(call) : result(call, anyText(3)));
                    if (oneIn(4)) {
                        endOne(results);
                    }
                }
            }
            noise();
        }
        if (oneIn(15)) {
            messages.add(
                    Message.of(assistantJson(id, text(anyText(2))).put("oriel_interrupted", true)));
        }
        Collections.shuffle(results, random);
        while (!results.isEmpty()) {
            endOne(results);
        }
    }

    private void add(String id, ObjectNode block) {
        messages.add(assistant(id, block));
    }

    private void server(String id) {
        String call = "srvtoolu_" + ids++;
        add(id, call(call, "web_search").put("type", "server_tool_use"));
        if (!oneIn(3)) {
            ObjectNode found = block("web_search_tool_result").put("tool_use_id", call);
            found.putArray("content");
            add(id, found);
        }
    }

    private void endOne(List<ObjectNode> results) {
        ObjectNode result = results.removeFirst();
        if (!oneIn(10)) {
            messages.add(user(result));
        }
        if (oneIn(10)) {
            messages.add(user(result.deepCopy(), text(anyText(2))));
        }
    }

    private ObjectNode withImage(String call) {
        ObjectNode result = block("tool_result").put("tool_use_id", call);
        result.putArray("content").add(image(40)).add(text(anyText(2)));
        return result.put("is_error", oneIn(3));
    }

    private void noise() {
        switch (random.nextInt(14)) {
            case 0 -> messages.add(prompt(anyText(2)));
            case 1 -> messages.add(user(image(10), text("look")));
            case 2 -> {
                ObjectNode inner = assistantJson("inner", call("toolu_in" + ids++, "Read"));
                messages.add(Message.of(inner.put("parent_tool_use_id", "toolu_1")));
            }
            case 3 ->
                    messages.add(
                            Message.of(
                                    assistantJson("x", text("API Error"))
                                            .put("is_api_error_message", true)));
            case 4 -> messages.add(system("oriel_notice"));
            case 5 -> messages.add(user(result("toolu_nowhere", "?")));
            case 6 ->
                    messages.add(
                            Message.of(SampleMessages.userJson(text("r")).put("isReplay", true)));
            case 7 -> {
                if (!messages.isEmpty()) {
                    messages.add(messages.get(random.nextInt(messages.size())));
                }
            }
            default -> {
                // Nothing between.
            }
        }
    }

    private void compact() {
        int kept = random.nextInt(4);
        int from = Math.max(0, messages.size() - kept);
        messages.add(
                boundary(
                        messages.subList(from, messages.size()).stream()
                                .filter(m -> m.uuid() != null)
                                .toArray(Message[]::new)));
        messages.add(summary("Summary of what was before."));
    }

    private String anyText(int emptyOneIn) {
        return oneIn(emptyOneIn) ? " \n".repeat(random.nextInt(2)) : texts.next();
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
