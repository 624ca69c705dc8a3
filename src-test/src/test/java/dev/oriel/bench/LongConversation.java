package dev.oriel.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;

/// A conversation of any length whose messages are generated on demand and deterministically.
///
/// Ten messages contain one prompt, three replies in Markdown, two tool calls with their results,
/// one thinking block and the end of the turn.
final class LongConversation {
    private static final String[] WORDS =
            ("the parser reads one line at a time and never holds more than a single record so its"
                 + " memory stays flat whatever the file **matters** `index` `Reader` here")
                    .split(" ");

    private final long length;
    private final int outputBytes;

    /// @param outputBytes the length of each tool's output
    LongConversation(long length, int outputBytes) {
        this.length = length;
        this.outputBytes = outputBytes;
    }

    long length() {
        return length;
    }

    /// The messages from `first` to `last`, counted from 1, inclusive.
    List<Message> page(long first, long last) {
        List<Message> page = new ArrayList<>();
        for (long seq = Math.max(1, first); seq <= Math.min(length, last); seq++) {
            page.add(message(seq));
        }
        return page;
    }

    private Message message(long seq) {
        long turn = seq / 10;
        ObjectNode m = Json.object();
        switch ((int) (seq % 10)) {
            case 0 -> {
                m.put("type", "user").put("uuid", "u" + seq);
                m.putObject("message").put("role", "user").put("content", prose(seq, 30));
            }
            case 1 -> block(m, seq).put("type", "thinking").put("thinking", prose(seq, 60));
            case 2, 5 ->
                    block(m, seq)
                            .put("type", "tool_use")
                            .put("id", "tool" + seq)
                            .put("name", seq % 10 == 2 ? "Bash" : "Read")
                            .putObject("input")
                            .put(
                                    "command",
                                    "grep -rn " + WORDS[(int) (seq % WORDS.length)] + " src");
            case 3, 6 -> {
                m.put("type", "user");
                m.putObject("message")
                        .put("role", "user")
                        .putArray("content")
                        .addObject()
                        .put("type", "tool_result")
                        .put("tool_use_id", "tool" + (seq - 1))
                        .put("content", output(seq));
            }
            case 9 -> {
                m.put("type", "result").put("subtype", "success").put("is_error", false);
                m.put("duration_ms", 4_000).put("num_turns", 1).put("total_cost_usd", turn * 0.01);
                m.putObject("usage").put("input_tokens", 9_000).put("output_tokens", 300);
            }
            default -> block(m, seq).put("type", "text").put("text", markdown(seq));
        }
        try {
            return Message.parse(Message.of(m).withSeq(seq));
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode block(ObjectNode m, long seq) {
        m.put("type", "assistant");
        ObjectNode message =
                m.putObject("message").put("id", "msg" + seq).put("model", "claude-opus-5-5");
        return message.putArray("content").addObject();
    }

    private String output(long seq) {
        StringBuilder out = new StringBuilder(outputBytes + 100);
        int line = 1;
        while (out.length() < outputBytes) {
            out.append("src/main/java/Reader.java:")
                    .append(line++)
                    .append(": ")
                    .append(prose(seq + line, 10))
                    .append('\n');
        }
        return out.toString();
    }

    static String prose(long seed, int words) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < words; i++) {
            out.append(i == 0 ? "" : " ")
                    .append(WORDS[(int) ((seed * 31 + i * 7L) % WORDS.length)]);
        }
        return out.toString();
    }

    static String markdown(long seed) {
        return "## Part %d\n\n%s\n\n- %s\n- %s\n\n```java\nint n = %d;\nreturn parse(n);\n```\n\n%s"
                .formatted(
                        seed,
                        prose(seed, 60),
                        prose(seed + 1, 12),
                        prose(seed + 2, 12),
                        seed,
                        prose(seed + 3, 40));
    }
}
