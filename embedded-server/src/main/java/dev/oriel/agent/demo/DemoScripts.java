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

/// Which script answers a prompt: the first one of whose words occurs in it.
///
/// @param cwd the session's folder, in which the pretended files lie
/// @param host the tools of the session's clients
record DemoScripts(Path cwd, ToolHost host) {
    private static final Pattern CLIENT_TOOL =
            Pattern.compile("\\btool[\\s:`'\"]+([A-Za-z0-9_-]+)", Pattern.CASE_INSENSITIVE);

    List<ScriptStep> scriptFor(Message prompt) {
        Optional<ExternalTool> named = clientTool(text(prompt));
        if (named.isPresent()) {
            ExternalTool tool = named.get();
            return List.of(
                    new ScriptStep.Text(DemoTexts.BEFORE_CLIENT_TOOL),
                    DemoTools.clientTool(tool),
                    new ScriptStep.Text(DemoTexts.AFTER_CLIENT_TOOL));
        }
        String text = text(prompt).toLowerCase(Locale.ROOT);
        List<String> words = List.of(text.split("[^\\p{L}\\p{N}]+"));
        DemoTools tools = new DemoTools(cwd);
        if (has(words, "help", "scripts", "hilfe")) {
            return List.of(new ScriptStep.Text(DemoTexts.HELP));
        }
        if (has(words, "error", "overloaded", "fail")) {
            return List.of(DemoTexts.ERROR);
        }
        if (has(words, "asks", "several")) {
            return several(tools);
        }
        if (has(words, "question", "choose")) {
            return List.of(
                    new ScriptStep.Text(DemoTexts.BEFORE_QUESTION),
                    tools.question(),
                    new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
        }
        if (has(words, "todo", "todos", "tasks")) {
            return todos(tools);
        }
        if (has(words, "long", "essay")) {
            return List.of(new ScriptStep.Text(DemoTexts.longAnswer()));
        }
        if (has(words, "think", "thinking")) {
            return List.of(
                    new ScriptStep.Thinking(DemoTexts.THOUGHT),
                    new ScriptStep.Text(DemoTexts.AFTER_THOUGHT));
        }
        if (has(words, "edit", "diff", "change")) {
            return List.of(
                    new ScriptStep.Text(DemoTexts.BEFORE_EDIT),
                    tools.edit(),
                    new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
        }
        if (has(words, "bash", "run", "command", "shell")) {
            return List.of(
                    new ScriptStep.Text(DemoTexts.BEFORE_BASH),
                    tools.bash(),
                    new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
        }
        if (has(words, "read", "file")) {
            return List.of(
                    new ScriptStep.Text(DemoTexts.BEFORE_READ),
                    tools.read(),
                    new ScriptStep.Text(DemoTexts.AFTER_TOOLS));
        }
        if (has(words, "tool", "tools")) {
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
        Matcher named = CLIENT_TOOL.matcher(prompt);
        return named.find()
                ? host.tools().stream().filter(t -> t.name().equals(named.group(1))).findFirst()
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

    private static boolean has(List<String> words, String... any) {
        return List.of(any).stream().anyMatch(words::contains);
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
