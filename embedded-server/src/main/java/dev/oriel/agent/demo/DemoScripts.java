package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.ExternalTool;
import dev.oriel.agent.ToolHost;
import dev.oriel.message.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Selects the script for a prompt: the first script with a keyword that occurs in the prompt.
///
/// @param cwd the session's folder, which contains the simulated files
/// @param host the tools of the session's clients
record DemoScripts(Path cwd, ToolHost host) {
    private static final Pattern CLIENT_TOOL =
            Pattern.compile("\\btool[\\s:`'\"]+([A-Za-z0-9_-]+)", Pattern.CASE_INSENSITIVE);

    List<ScriptStep> scriptFor(Message prompt) {
        Optional<ExternalTool> tool = clientTool(text(prompt));
        if (tool.isPresent()) {
            return List.of(
                    new ScriptStep.Text(DemoTexts.BEFORE_CLIENT_TOOL),
                    DemoTools.clientTool(tool.get()),
                    new ScriptStep.Text(DemoTexts.AFTER_CLIENT_TOOL));
        }
        String text = text(prompt).toLowerCase(Locale.ROOT);
        List<String> words = List.of(text.split("[^\\p{L}\\p{N}]+"));
        DemoTools tools = new DemoTools(cwd);
        if (hasAny(words, "help", "scripts", "hilfe")) {
            return List.of(new ScriptStep.Text(DemoTexts.HELP));
        }
        if (hasAny(words, "error", "overloaded", "fail")) {
            return List.of(DemoTexts.ERROR);
        }
        if (hasAny(words, "asks", "several")) {
            return several(tools);
        }
        if (hasAny(words, "question", "choose")) {
            return List.of(
                    new ScriptStep.Text(DemoTexts.BEFORE_QUESTION),
                    tools.question(),
                    new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
        }
        if (hasAny(words, "todo", "todos", "tasks")) {
            return todos(tools);
        }
        if (hasAny(words, "long", "essay")) {
            return List.of(new ScriptStep.Text(DemoTexts.longAnswer()));
        }
        if (hasAny(words, "think", "thinking")) {
            return List.of(
                    new ScriptStep.Thinking(DemoTexts.THOUGHT),
                    new ScriptStep.Text(DemoTexts.AFTER_THOUGHT));
        }
        if (hasAny(words, "edit", "diff", "change")) {
            return List.of(
                    new ScriptStep.Text(DemoTexts.BEFORE_EDIT),
                    tools.edit(),
                    new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
        }
        if (hasAny(words, "bash", "run", "command", "shell")) {
            return List.of(
                    new ScriptStep.Text(DemoTexts.BEFORE_BASH),
                    tools.bash(),
                    new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
        }
        if (hasAny(words, "read", "file")) {
            return List.of(
                    new ScriptStep.Text(DemoTexts.BEFORE_READ),
                    tools.read(),
                    new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
        }
        if (hasAny(words, "tool", "tools")) {
            return List.of(
                    new ScriptStep.Thinking(DemoTexts.THOUGHT),
                    new ScriptStep.Text(DemoTexts.BEFORE_TOOLS),
                    tools.read(),
                    tools.edit(),
                    tools.bash(),
                    new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
        }
        return List.of(new ScriptStep.Text(DemoTexts.WELCOME));
    }

    private Optional<ExternalTool> clientTool(String prompt) {
        Matcher matcher = CLIENT_TOOL.matcher(prompt);
        return matcher.find()
                ? host.tools().stream().filter(t -> t.name().equals(matcher.group(1))).findFirst()
                : Optional.empty();
    }

    private static List<ScriptStep> several(DemoTools tools) {
        return List.of(
                new ScriptStep.Text(DemoTexts.BEFORE_SEVERAL),
                tools.bash(),
                tools.edit(),
                tools.push(),
                tools.question(),
                new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
    }

    private static List<ScriptStep> todos(DemoTools tools) {
        List<ScriptStep> script = new ArrayList<>();
        script.add(new ScriptStep.Text(DemoTexts.BEFORE_TODOS));
        for (int done = 0; done <= DemoTools.TODOS.size(); done++) {
            script.add(tools.todos(done));
        }
        script.add(new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
        return script;
    }

    private static boolean hasAny(List<String> words, String... keywords) {
        return List.of(keywords).stream().anyMatch(words::contains);
    }

    private static String text(Message prompt) {
        JsonNode content = prompt.tree().path("message").path("content");
        if (content.isTextual()) {
            return content.asText();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content) {
            text.append(block.path("text").asText()).append('\n');
        }
        return text.toString();
    }
}
