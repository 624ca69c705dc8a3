package dev.oriel.agent.api.subagent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The types of subagents of one session. Immutable.
public final class SubagentTypes {
    private static final List<String> CHANGING =
            List.of("Edit", "MultiEdit", "NotebookEdit", "Write");

    private static final List<AgentDefinition> BUILT_IN =
            List.of(
                    new AgentDefinition(
                            "general-purpose",
                            "For questions and tasks of several steps: searches, reads, changes"
                                    + " files and runs commands. Has all tools.",
                            null,
                            null,
                            List.of(),
                            null),
                    new AgentDefinition(
                            "Explore",
                            "Finds code: files by name, words and symbols, where something is"
                                    + " defined or used. Changes nothing. Say how thorough it is to"
                                    + " be: quick, medium or very thorough.",
                            """
                            You search a folder of source code and report what you find. Change \
                            nothing: no file, no setting, no process. Begin with Glob and Grep, \
                            several at the same time, and read only the parts of files that you \
                            need. Report absolute paths with line numbers, the few lines that \
                            matter, and what you did not find.\
                            """,
                            null,
                            CHANGING,
                            null),
                    new AgentDefinition(
                            "Plan",
                            "Designs a change: reads the code, compares approaches, and returns"
                                    + " steps and the files that they affect. Changes nothing.",
                            """
                            You design a change of software. Change nothing: no file, no setting, \
                            no process. Read the code that is affected, find what exists already, \
                            and compare approaches. Report one plan: its steps in order, with \
                            absolute paths, what can go wrong, and how the result is checked.\
                            """,
                            null,
                            CHANGING,
                            null));

    private final Map<String, AgentDefinition> byName;

    private SubagentTypes(Map<String, AgentDefinition> byName) {
        this.byName = byName;
    }

    /// The types that are built in, replaced by those of the same name in the user's home, these by
    /// those of the folder, and these by those of the client. Reads files.
    ///
    /// @param options types by name, the text of a JSON object; null for none
    /// @param folder the session's folder
    /// @param home the user's home
    public static SubagentTypes load(@Nullable String options, Path folder, Path home) {
        Map<String, AgentDefinition> found = new LinkedHashMap<>();
        for (List<AgentDefinition> source :
                List.of(
                        BUILT_IN,
                        AgentFile.readAll(home.resolve(".claude").resolve("agents")),
                        AgentFile.readAll(folder.resolve(".claude").resolve("agents")),
                        options == null ? List.<AgentDefinition>of() : fromJson(options))) {
            source.forEach(d -> found.put(d.name(), d));
        }
        return new SubagentTypes(new TreeMap<>(found));
    }

    private static List<AgentDefinition> fromJson(String options) {
        List<AgentDefinition> found = new ArrayList<>();
        try {
            for (Map.Entry<String, JsonNode> each : Json.mapper().readTree(options).properties()) {
                JsonNode value = each.getValue();
                if (value.path("description").isTextual()) {
                    found.add(
                            new AgentDefinition(
                                    each.getKey(),
                                    value.path("description").asText(),
                                    value.path("prompt").textValue(),
                                    value.path("tools").isArray()
                                            ? texts(value.path("tools"))
                                            : null,
                                    texts(value.path("disallowedTools")),
                                    model(value.path("model").textValue())));
                }
            }
        } catch (IOException e) {
            return List.of(); // the option is checked where it is given
        }
        return found;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(t -> texts.add(t.asText()));
        return texts;
    }

    static @Nullable String model(@Nullable String name) {
        return name == null || name.isBlank() || name.equals("inherit") ? null : name;
    }

    /// Sorted by name.
    public List<AgentDefinition> all() {
        return List.copyOf(byName.values());
    }

    public @Nullable AgentDefinition find(String name) {
        return byName.get(name);
    }

    /// `{"name":…, "description":…, "model":…}`, sorted by name.
    public List<ObjectNode> list() {
        return all().stream()
                .map(d ->
                        Json.object()
                                .put("name", d.name())
                                .put("description", d.description())
                                .put("model", d.model() == null ? "inherit" : d.model()))
                .toList();
    }
}
