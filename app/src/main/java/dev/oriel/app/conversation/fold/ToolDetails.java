package dev.oriel.app.conversation.fold;

import static dev.oriel.app.conversation.fold.MessageFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ChecklistEntry;
import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolDetail.WebLink;
import dev.oriel.app.conversation.item.Truncation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads the facts of a tool's result. Its shape tells the tool, because a result may arrive before
/// its call. A shape that is unknown or damaged has no facts.
final class ToolDetails {
    private static final int MOST_ENTRIES = 500;

    private ToolDetails() {}

    /// @param block a `tool_result` of any kind
    /// @param structured `tool_use_result` of the message with the block: an object, a list, a
    ///   string, or missing
    static ToolDetail of(JsonNode block, JsonNode structured) {
        JsonNode content = block.path("content");
        ToolDetail own = ofContent(content);
        if (!structured.isObject()) {
            return own;
        }
        ToolDetail told = ofStructured(structured);
        if (told instanceof ToolDetail.Structured data
                && own instanceof ToolDetail.Structured links) {
            List<WebLink> all = new ArrayList<>(data.links());
            links.links().stream().filter(l -> !data.links().contains(l)).forEach(all::add);
            return new ToolDetail.Structured(data.json(), all);
        }
        return told instanceof ToolDetail.None ? own : told;
    }

    private static ToolDetail ofStructured(JsonNode s) {
        FileChange edit = FileChanges.of(s);
        if (edit != null) {
            return new ToolDetail.Edit(edit);
        }
        if (s.has("stdout")) {
            return command(s);
        }
        if (s.path("file").isObject()) {
            return fileRead(s.path("file"));
        }
        if (s.has("newTodos")) {
            return new ToolDetail.Todos(entries(s.path("oldTodos")), entries(s.path("newTodos")));
        }
        if (s.path("tasks").isArray()) {
            return new ToolDetail.TaskEntries(entries(s.path("tasks")));
        }
        if (s.path("task").isObject()) {
            return new ToolDetail.TaskEntry(entry(s.path("task")), null);
        }
        if (s.path("statusChange").isObject() && s.has("taskId")) {
            JsonNode change = s.path("statusChange");
            return new ToolDetail.TaskEntry(
                    new ChecklistEntry(
                            s.path("taskId").asText(""),
                            "",
                            "",
                            ChecklistEntry.State.of(text(change, "to"))),
                    ChecklistEntry.State.of(text(change, "from")));
        }
        if (s.path("answers").isObject()) {
            return answers(s.path("answers"));
        }
        if (s.has("plan")) {
            return new ToolDetail.Plan(
                    Truncation.truncate(text(s, "plan")), bounded(text(s, "filePath")));
        }
        if (s.path("results").isArray() && s.has("query")) {
            List<WebLink> links = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (JsonNode r : s.path("results")) {
                r.path("content").forEach(h -> addLink(links, h));
                if (r.isTextual() && !r.textValue().isBlank()) {
                    texts.add(r.textValue().strip());
                }
            }
            return new ToolDetail.WebHits(links, Truncation.truncate(String.join("\n\n", texts)));
        }
        if (s.has("codeText") && s.has("url")) {
            return new ToolDetail.WebPage(
                    bounded(text(s, "url")),
                    s.path("code").asInt(),
                    Truncation.firstLine(text(s, "codeText")),
                    s.path("bytes").asLong());
        }
        if (s.has("numFiles") || s.path("filenames").isArray()) {
            return found(s);
        }
        if (s.has("totalToolUseCount") || text(s, "status").endsWith("_launched")) {
            return new ToolDetail.Agent(
                    bounded(s.has("agentId") ? text(s, "agentId") : text(s, "taskId")),
                    text(s, "status").endsWith("_launched"),
                    s.path("totalTokens").asLong(),
                    s.path("totalToolUseCount").asInt());
        }
        return structured(s);
    }

    private static ToolDetail structured(JsonNode s) {
        List<WebLink> links = new ArrayList<>();
        s.path("resourceLinks").forEach(l -> addLink(links, l));
        JsonNode data = s.path("structuredContent");
        boolean hasData = data.isContainerNode() && !data.isEmpty();
        return hasData || !links.isEmpty()
                ? new ToolDetail.Structured(hasData ? RawJson.of(data) : "", links)
                : ToolDetail.NONE;
    }

    private static ToolDetail command(JsonNode s) {
        long limit = s.path("timedOutAfterMs").asLong();
        return new ToolDetail.Command(
                Truncation.truncateMiddle(text(s, "stderr")),
                s.path("interrupted").asBoolean(),
                bounded(text(s, "backgroundTaskId")),
                limit > 0 ? Duration.ofMillis(limit) : null,
                Truncation.firstLine(text(s, "returnCodeInterpretation")),
                bounded(text(s, "persistedOutputPath")));
    }

    private static ToolDetail fileRead(JsonNode file) {
        return new ToolDetail.FileRead(
                bounded(text(file, "filePath")),
                Math.max(1, file.path("startLine").asInt(1)),
                file.path("numLines").asInt(),
                file.path("totalLines").asInt());
    }

    private static ToolDetail found(JsonNode s) {
        int files = s.path("numFiles").asInt(s.path("filenames").size());
        int matches = s.path("numMatches").asInt(s.path("numLines").asInt(-1));
        boolean partial =
                s.path("truncated").asBoolean()
                        || s.path("timedOut").asBoolean()
                        || s.path("appliedLimit").asInt() > 0;
        return new ToolDetail.Found(files, matches, partial);
    }

    private static ToolDetail answers(JsonNode answers) {
        List<ToolDetail.Answer> all = new ArrayList<>();
        for (var e : answers.properties()) {
            if (all.size() < MOST_ENTRIES) {
                JsonNode v = e.getValue();
                String answer = v.isTextual() ? v.textValue() : v.toString();
                all.add(new ToolDetail.Answer(bounded(e.getKey()), bounded(answer)));
            }
        }
        return new ToolDetail.Answers(all);
    }

    /// What the API's own tools return in the content.
    private static ToolDetail ofContent(JsonNode content) {
        if (text(content, "type").equals("web_fetch_result")) {
            return new ToolDetail.WebPage(bounded(text(content, "url")), 0, "", 0);
        }
        List<WebLink> hits = new ArrayList<>();
        List<WebLink> resources = new ArrayList<>();
        if (content.isArray()) {
            for (JsonNode block : content) {
                switch (text(block, "type")) {
                    case "web_search_result" -> addLink(hits, block);
                    case "resource_link" -> addLink(resources, block);
                    default -> {
                        // It is part of the text.
                    }
                }
            }
        }
        if (!hits.isEmpty()) {
            return new ToolDetail.WebHits(hits, "");
        }
        return resources.isEmpty() ? ToolDetail.NONE : new ToolDetail.Structured("", resources);
    }

    private static void addLink(List<WebLink> to, JsonNode link) {
        String url = link.has("url") ? text(link, "url") : text(link, "uri");
        if (url.isBlank() || to.size() >= MOST_ENTRIES) {
            return;
        }
        String title = link.has("title") ? text(link, "title") : text(link, "name");
        to.add(new WebLink(bounded(title), bounded(url), bounded(text(link, "page_age"))));
    }

    static List<ChecklistEntry> entries(JsonNode list) {
        List<ChecklistEntry> all = new ArrayList<>();
        for (JsonNode each : list) {
            if (all.size() < MOST_ENTRIES && each.isObject()) {
                all.add(entry(each));
            }
        }
        return all;
    }

    private static ChecklistEntry entry(JsonNode e) {
        String subject = e.has("content") ? text(e, "content") : text(e, "subject");
        return new ChecklistEntry(
                bounded(text(e, "id")),
                bounded(subject),
                bounded(text(e, "activeForm")),
                ChecklistEntry.State.of(text(e, "status")));
    }

    static String bounded(String text) {
        return text.length() <= 2_000 ? text : Truncation.firstLine(text.substring(0, 2_000));
    }
}
