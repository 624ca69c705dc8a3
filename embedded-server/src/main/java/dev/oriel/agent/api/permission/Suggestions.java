package dev.oriel.agent.api.permission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Creates the `permission_suggestions` of asks, with the shapes of CLI 2.1.332. Pure.
final class Suggestions {
    private Suggestions() {}

    static ArrayNode addRule(String tool, @Nullable String content, String destination) {
        ArrayNode list = Json.mapper().createArrayNode();
        ObjectNode update = list.addObject().put("type", "addRules");
        ObjectNode rule = update.putArray("rules").addObject().put("toolName", tool);
        if (content != null) {
            rule.put("ruleContent", content);
        }
        update.put("behavior", "allow").put("destination", destination);
        return list;
    }

    static ArrayNode addRules(String tool, List<String> contents, String destination) {
        ArrayNode list = Json.mapper().createArrayNode();
        ObjectNode update = list.addObject().put("type", "addRules");
        ArrayNode rules = update.putArray("rules");
        contents.forEach(c -> rules.addObject().put("toolName", tool).put("ruleContent", c));
        update.put("behavior", "allow").put("destination", destination);
        return list;
    }

    static ArrayNode acceptEdits() {
        ArrayNode list = Json.mapper().createArrayNode();
        list.addObject()
                .put("type", "setMode")
                .put("mode", "acceptEdits")
                .put("destination", "session");
        return list;
    }

    static ArrayNode addFolder(Path folder) {
        return addFolders(List.of(folder));
    }

    static ArrayNode addFolders(List<Path> folders) {
        ArrayNode list = Json.mapper().createArrayNode();
        ObjectNode update = list.addObject().put("type", "addDirectories");
        ArrayNode directories = update.putArray("directories");
        folders.stream().map(Path::toString).distinct().forEach(directories::add);
        update.put("destination", "session");
        return list;
    }

    /// A rule that allows to read everything in a folder.
    static ArrayNode readFolder(Path folder) {
        return addRule("Read", "/" + folder.toString().replace('\\', '/') + "/**", "session");
    }
}
