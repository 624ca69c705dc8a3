package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.Item.Notice;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.conversation.notice.HookRun;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Notices for events that are not part of the dialogue.
final class SystemNotices {

    /// An element that the CLI puts around the input or the output of a command.
    private static final Pattern WRAPPED =
            Pattern.compile(
                    "\\s*<((?:local-command|command)-[a-z]+)>(.*?)</\\1>\\s*", Pattern.DOTALL);

    private SystemNotices() {}

    static Notice quiet(String id, long seq, String text, String details) {
        List<String> lines =
                details.isBlank() || details.equals(text) ? List.of() : details.lines().toList();
        return new Notice(id, seq, Level.QUIET, text, lines);
    }

    /// An `assistant` message that the CLI itself wrote, such as an error.
    static Notice ofSynthetic(String id, long seq, String text, JsonNode tree) {
        Level level = tree.hasNonNull("error") ? Level.ERROR : Level.INFO;
        return new Notice(id, seq, level, text.strip(), List.of());
    }

    /// The content of the CLI's elements, if the text has nothing else; else the text.
    static String unwrapped(String text) {
        List<String> parts = new ArrayList<>();
        Matcher m = WRAPPED.matcher(text);
        int at = 0;
        while (m.region(at, text.length()).lookingAt()) {
            parts.add(m.group(2).strip());
            at = m.end();
        }
        return at == text.length() ? String.join(" ", parts).strip() : text.strip();
    }

    static @Nullable Notice of(String id, Message message, JsonNode tree) {
        long seq = MessageFields.seq(tree);
        if (message.is(MessageType.CONVERSATION_RESET)) {
            return new Notice(id, seq, Level.INFO, "Claude's memory was cleared", List.of());
        }
        String subtype = message.subtype();
        return switch (subtype == null ? "" : subtype) {
            case SystemSubtype.HOOK_RESPONSE -> HookRun.notice(id, seq, tree);
            case SystemSubtype.ORIEL_AGENT_EXITED -> exited(id, seq, tree);
            case SystemSubtype.ORIEL_REWOUND ->
                    new Notice(
                            id,
                            seq,
                            Level.INFO,
                            "You returned to this point. What came after it is hidden, and Claude"
                                    + " no longer has it.",
                            List.of());
            case SystemSubtype.ORIEL_FORKED -> {
                String title = MessageFields.text(tree.path("from"), "title");
                String from = title.isBlank() ? "another session" : "“" + title + "”";
                yield new Notice(id, seq, Level.INFO, "Forked from " + from, List.of());
            }
            case SystemSubtype.ORIEL_CONTROL ->
                    notice(id, seq, Level.INFO, MessageFields.text(tree, "text"));
            case SystemSubtype.ORIEL_NOTICE ->
                    notice(id, seq, level(tree), MessageFields.text(tree, "text"));
            case SystemSubtype.INFORMATIONAL ->
                    notice(id, seq, level(tree), MessageFields.text(tree, "content"));
            case SystemSubtype.LOCAL_COMMAND_OUTPUT -> {
                String text = unwrapped(MessageFields.text(tree, "content"));
                yield text.isBlank()
                        ? null
                        : quiet(id, seq, Truncation.firstLine(text), Truncation.truncate(text));
            }
            default -> null;
        };
    }

    /// A compaction, before its summary is known.
    static Item.Compaction compaction(String id, JsonNode tree) {
        JsonNode numbers = tree.path("compact_metadata");
        return new Item.Compaction(
                id,
                MessageFields.seq(tree),
                numbers.path("pre_tokens").asLong(),
                numbers.path("post_tokens").asLong(),
                "");
    }

    private static @Nullable Notice notice(String id, long seq, Level level, String text) {
        return text.isBlank()
                ? null
                : new Notice(id, seq, level, Truncation.truncate(text.strip()), List.of());
    }

    private static Level level(JsonNode tree) {
        return switch (MessageFields.text(tree, "level").toLowerCase(Locale.ROOT)) {
            case "error" -> Level.ERROR;
            case "warning", "warn" -> Level.WARNING;
            default -> Level.INFO;
        };
    }

    private static Notice exited(String id, long seq, JsonNode tree) {
        List<String> words = new ArrayList<>();
        tree.path("last_words").forEach(w -> words.add(Truncation.truncate(w.asText(""))));
        String text = MessageFields.text(tree, "text");
        Level level =
                MessageFields.text(tree, "cause").equals("stopped") ? Level.INFO : Level.ERROR;
        return new Notice(id, seq, level, text.isBlank() ? "Claude stopped running." : text, words);
    }
}
