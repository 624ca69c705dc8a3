package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.Item.Notice;
import dev.oriel.app.conversation.item.Truncation;
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
    private static final String RETRY = "retry:";
    private static final String LOGIN =
            "Run `claude` in a terminal and log in with `/login`, or correct the API key. Then send"
                    + " the message again.";

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
        String words = text.strip();
        if (MessageFields.isLoginMissing(tree)) {
            words = "Not answered. " + words + "\n" + LOGIN;
        }
        return new Notice(id, seq, level, words, List.of());
    }

    /// The content of the CLI's elements, if the text has nothing else; else the text.
    static String unwrapped(String text) {
        List<String> parts = new ArrayList<>();
        Matcher m = WRAPPED.matcher(text);
        int at = 0;
        while (m.find() && m.start() == at) {
            parts.add(m.group(2).strip());
            at = m.end();
        }
        return at == text.length() ? String.join(" ", parts).strip() : text.strip();
    }

    /// Replaces the last item if both are notices of a retried API request.
    ///
    /// @param last the last item before the notice
    static Notice continuing(Item last, Notice notice) {
        return isRetry(last) && isRetry(notice)
                ? new Notice(
                        last.id(), notice.seq(), notice.level(), notice.text(), notice.details())
                : notice;
    }

    private static boolean isRetry(Item item) {
        return item instanceof Notice && item.id().startsWith(RETRY);
    }

    static @Nullable Notice of(String id, Message message, JsonNode tree) {
        long seq = MessageFields.seq(tree);
        if (message.is(MessageType.CONVERSATION_RESET)) {
            return new Notice(id, seq, Level.INFO, "Claude's memory was cleared", List.of());
        }
        String subtype = message.subtype();
        return switch (subtype == null ? "" : subtype) {
            case SystemSubtype.API_RETRY ->
                    new Notice(RETRY + id, seq, Level.WARNING, retry(tree), List.of());
            case SystemSubtype.HOOK_RESPONSE -> hook(id, seq, tree);
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

    /// A hook that ended: a quiet line if it succeeded, else a warning with what it printed.
    private static Notice hook(String id, long seq, JsonNode tree) {
        String name = MessageFields.text(tree, "hook_name");
        String event = MessageFields.text(tree, "hook_event");
        String hook = "Hook " + (name.isBlank() ? event : name);
        String printed = MessageFields.text(tree, "output");
        if (printed.isBlank()) {
            printed = MessageFields.text(tree, "stdout") + MessageFields.text(tree, "stderr");
        }
        List<String> details = Truncation.truncate(printed.strip()).lines().toList();
        String outcome = MessageFields.text(tree, "outcome");
        int code = tree.path("exit_code").asInt(0);
        // A hook blocks what Claude is about to do by this code.
        if (code == 2 || outcome.equals("blocked")) {
            return new Notice(id, seq, Level.WARNING, hook + " blocked this", details);
        }
        if (code != 0 || outcome.equals("error")) {
            String how = code == 0 ? " failed" : " failed with exit code " + code;
            return new Notice(id, seq, Level.WARNING, hook + how, details);
        }
        String how = outcome.equals("cancelled") ? " was cancelled" : " ran";
        return new Notice(id, seq, Level.QUIET, hook + how, details);
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

    private static String retry(JsonNode tree) {
        return "%s, tried again (%d of %d)"
                .formatted(
                        describeApiError(tree),
                        tree.path("attempt").asInt(1),
                        tree.path("max_retries").asInt(1));
    }

    /// Why a request to the API failed, as a sentence without its full stop.
    static String describeApiError(JsonNode retry) {
        int status = retry.path("error_status").asInt(0);
        return switch (status) {
            case 0 -> "No connection to Claude";
            case 401, 403 -> "Claude did not accept the login (%d)".formatted(status);
            case 429 -> "Too many requests for now (429)";
            case 529 -> "Claude is overloaded (529)";
            default -> "Claude answered with error %d".formatted(status);
        };
    }
}
