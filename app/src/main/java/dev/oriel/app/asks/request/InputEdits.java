package dev.oriel.app.asks.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which parts of a tool's input the user may change before allowing it: the command, the new text
/// of a file, or the whole input as JSON. Pure.
public final class InputEdits {
    /// Longer texts are not offered: a text field shows them too slowly.
    static final int MAX_LENGTH = 200_000;

    private static final int MAX_PARTS = 200;

    private InputEdits() {}

    /// A text that the user may change. Its number is its position in the list.
    ///
    /// @param name what it is, for the user
    /// @param text with `\n` as line ends
    public record Part(String name, String text) {}

    /// The input with the user's changes, or why it cannot be made.
    public sealed interface Result {
        record Changed(ObjectNode input) implements Result {}

        /// @param why a sentence for the user
        record Wrong(String why) implements Result {}
    }

    /// The parts of an ask's input; empty if it cannot be changed here.
    public static List<Part> parts(Ask ask) {
        if (!(ask.kind() instanceof Ask.Kind.Permission) || ask.tool().equals(Ask.TRUST)) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        for (Place place : places(ask)) {
            String text = place.get(ask.input());
            if (text.length() > MAX_LENGTH || !isKeptByTextField(text)) {
                return List.of();
            }
            parts.add(new Part(place.name(), text.replace("\r\n", "\n")));
        }
        return List.copyOf(parts);
    }

    /// @param changes the new texts, by the number of the part
    public static Result apply(Ask ask, Map<Integer, String> changes) {
        List<Place> places = places(ask);
        ObjectNode input = ask.input().deepCopy();
        for (Map.Entry<Integer, String> change : changes.entrySet()) {
            if (change.getKey() < 0 || change.getKey() >= places.size()) {
                continue;
            }
            Place place = places.get(change.getKey());
            if (place instanceof Whole) {
                return parse(change.getValue());
            }
            if (place instanceof Member member) {
                String before = member.get(ask.input());
                if (change.getValue().isBlank() && member.mustHaveText()) {
                    return new Result.Wrong("The command is empty. Undo the change, or deny.");
                }
                member.set(input, withLineEndsOf(before, change.getValue()));
            }
        }
        return new Result.Changed(input);
    }

    private static Result parse(String text) {
        try {
            JsonNode json = Json.mapper().readTree(text);
            return json instanceof ObjectNode object
                    ? new Result.Changed(object)
                    : new Result.Wrong("The input has to be a JSON object: { … }");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            return new Result.Wrong(
                    "This is not JSON"
                            + (at == null
                                    ? "."
                                    : ": line " + at.getLineNr() + ", column " + at.getColumnNr()));
        }
    }

    /// Where a part is in the input.
    private sealed interface Place {
        String name();

        String get(ObjectNode input);
    }

    /// @param edit the position in `edits`; -1 if the member is one of the input itself
    private record Member(String name, String member, int edit, boolean mustHaveText)
            implements Place {
        private JsonNode parent(ObjectNode input) {
            return edit < 0 ? input : input.path("edits").path(edit);
        }

        @Override
        public String get(ObjectNode input) {
            return parent(input).path(member).asText();
        }

        void set(ObjectNode input, String text) {
            if (parent(input) instanceof ObjectNode object) {
                object.put(member, text);
            }
        }
    }

    private record Whole(String name) implements Place {
        @Override
        public String get(ObjectNode input) {
            return input.toPrettyString();
        }
    }

    private static List<Place> places(Ask ask) {
        if (ask.command() != null) {
            return List.of(new Member("Command", "command", -1, true));
        }
        if (EditProposal.of(ask) == null) {
            return List.of(new Whole("Input as JSON"));
        }
        ObjectNode in = ask.input();
        return switch (ask.tool()) {
            case "Write" -> List.of(new Member("Content of the file", "content", -1, false));
            case "Edit" -> List.of(new Member("New text", "new_string", -1, false));
            case "NotebookEdit" ->
                    in.path("edit_mode").asText().equals("delete")
                            ? List.of()
                            : List.of(new Member("New cell", "new_source", -1, false));
            case "MultiEdit" -> {
                List<Place> all = new ArrayList<>();
                int n = Math.min(MAX_PARTS, in.path("edits").size());
                for (int i = 0; i < n; i++) {
                    String name =
                            "New text of change " + (i + 1) + " of " + in.path("edits").size();
                    all.add(new Member(name, "new_string", i, false));
                }
                yield all;
            }
            default -> List.of();
        };
    }

    /// A text field has `\n` only, and drops control characters.
    private static boolean isKeptByTextField(String text) {
        String lines = text.replace("\r\n", "\n");
        boolean mixed = lines.length() != text.length() && hasLoneNewline(text);
        return !mixed
                && lines.chars().allMatch(c -> c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7F));
    }

    private static boolean hasLoneNewline(String text) {
        return text.replace("\r\n", "").indexOf('\n') >= 0;
    }

    private static String withLineEndsOf(String before, String text) {
        return before.contains("\r\n") ? text.replace("\n", "\r\n") : text;
    }
}
