package dev.oriel.app.asks.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.item.ToolSummary;
import dev.oriel.app.diff.LineDiff;
import dev.oriel.app.text.EscapedText;
import java.util.ArrayList;
import java.util.List;

/// Everything that a tool call would do, line by line. Nothing is left out and nothing is hidden.
public record AskDetail(String question, List<Line> lines) {
    public enum Mark {
        PLAIN,
        ADDED,
        REMOVED,
        /// The name of a file, or another heading.
        HEADING
    }

    public record Line(Mark mark, String text) {}

    public static AskDetail of(Ask ask) {
        ObjectNode in = ask.input();
        return switch (ask.tool()) {
            case "Bash" -> new AskDetail("Run this command?", command(in));
            case "Edit", "MultiEdit" -> new AskDetail("Change this file?", edits(in, file(in)));
            case "Write" -> new AskDetail("Write this file?", written(in));
            case "NotebookEdit" -> new AskDetail("Change this notebook?", rest(in));
            case "WebFetch" -> new AskDetail("Fetch this page?", rest(in));
            case "WebSearch" -> new AskDetail("Search the web for this?", rest(in));
            case "Read" -> new AskDetail("Read this file?", rest(in));
            case "ExitPlanMode" ->
                    new AskDetail(
                            ask.canBeAllowed()
                                    ? "Go ahead with this plan?"
                                    : "Claude wants to go ahead, but sent no plan.",
                            List.of());
            case Ask.TRUST ->
                    new AskDetail(
                            "Trust this folder? These would run without asking you:", trust(in));
            case Ask.ELICITATION ->
                    new AskDetail(
                            ask.kind() instanceof Elicitation e
                                    ? "The MCP server " + EscapedText.of(e.server()) + " asks"
                                    : "An MCP server asks",
                            List.of());
            case "AskUserQuestion" -> new AskDetail("Claude asks", List.of());
            default -> new AskDetail("Use " + EscapedText.of(name(ask.tool())) + "?", rest(in));
        };
    }

    /// A tool of an MCP server as its card names it; other tools keep their names.
    private static String name(String tool) {
        return tool.startsWith("mcp__") ? ToolSummary.title(tool) : tool;
    }

    /// The name of the program that asks.
    public static String asker(Ask ask) {
        return switch (ask.tool()) {
            case Ask.TRUST -> "Oriel";
            case Ask.ELICITATION -> "An MCP server";
            default -> "Claude";
        };
    }

    private static List<Line> trust(ObjectNode in) {
        List<Line> lines = new ArrayList<>(text(in.path("folder").asText()));
        String file = "";
        for (JsonNode item : in.path("items")) {
            if (!item.path("file").asText().equals(file)) {
                file = item.path("file").asText();
                lines.add(new Line(Mark.HEADING, EscapedText.of(file)));
            }
            lines.addAll(text(item.path("text").asText()));
        }
        int more = in.path("more").asInt();
        if (more > 0) {
            lines.add(new Line(Mark.HEADING, "and " + more + " more"));
        }
        return lines;
    }

    private static List<Line> command(ObjectNode in) {
        List<Line> lines = new ArrayList<>(text(in.path("command").asText()));
        in.properties()
                .forEach(e -> {
                    if (!e.getKey().equals("command") && !e.getKey().equals("description")) {
                        lines.addAll(member(e.getKey(), e.getValue()));
                    }
                });
        return lines;
    }

    private static List<Line> file(ObjectNode in) {
        return List.of(
                new Line(Mark.HEADING, EscapedText.of(in.path("file_path").asText("(no file)"))));
    }

    private static List<Line> edits(ObjectNode in, List<Line> file) {
        List<Line> lines = new ArrayList<>(file);
        if (in.path("edits").isArray()) {
            in.path("edits").forEach(e -> lines.addAll(edit(e)));
        } else {
            lines.addAll(edit(in));
        }
        return lines;
    }

    private static List<Line> edit(JsonNode edit) {
        List<Line> lines = new ArrayList<>();
        if (edit.path("replace_all").asBoolean()) {
            lines.add(new Line(Mark.HEADING, "everywhere in the file"));
        }
        List<String> before = split(edit.path("old_string").asText());
        List<String> after = split(edit.path("new_string").asText());
        LineDiff.of(before, after).forEach(r -> lines.add(new Line(mark(r.change()), r.text())));
        return lines;
    }

    private static Mark mark(LineDiff.Change change) {
        return switch (change) {
            case KEPT -> Mark.PLAIN;
            case ADDED -> Mark.ADDED;
            case REMOVED -> Mark.REMOVED;
        };
    }

    private static List<Line> written(ObjectNode in) {
        List<Line> lines = new ArrayList<>(file(in));
        add(lines, Mark.ADDED, split(in.path("content").asText()));
        return lines;
    }

    private static List<Line> rest(ObjectNode in) {
        List<Line> lines = new ArrayList<>();
        in.properties().forEach(e -> lines.addAll(member(e.getKey(), e.getValue())));
        return lines;
    }

    private static List<Line> member(String name, JsonNode value) {
        String shown = EscapedText.of(name);
        if (value.isTextual() && value.textValue().indexOf('\n') >= 0) {
            List<Line> lines = new ArrayList<>(List.of(new Line(Mark.HEADING, shown)));
            lines.addAll(text(value.textValue()));
            return lines;
        }
        String text = value.isTextual() ? value.textValue() : value.toPrettyString();
        return text(shown + ": " + text);
    }

    private static List<Line> text(String text) {
        List<Line> lines = new ArrayList<>();
        add(lines, Mark.PLAIN, split(text));
        return lines;
    }

    private static void add(List<Line> lines, Mark mark, List<String> texts) {
        texts.forEach(t -> lines.add(new Line(mark, t)));
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : EscapedText.of(text).lines().toList();
    }
}
