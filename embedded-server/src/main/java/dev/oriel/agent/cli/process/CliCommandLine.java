package dev.oriel.agent.cli.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentLaunch.Conversation.Branched;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.AgentLaunch.Conversation.Resumed;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.ToolRules;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The command line of one agent, for any conversation.
///
/// Values are joined to their flags (`--model=x`), so that none can become a flag itself. They are
/// also checked, because on Windows the CLI may be a script whose shell parses them again.
public final class CliCommandLine {
    /// Known to 2.1.112, 2.1.197 and 2.1.332.
    private static final String HOOK_EVENTS = "--include-hook-events";

    private static final String BYPASS = "bypassPermissions";
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:/@\\[\\]+~-]{1,200}");
    private static final Pattern MODE = Pattern.compile("[A-Za-z]{1,40}");

    private final Path executable;
    private final List<String> options;

    private CliCommandLine(Path executable, List<String> options) {
        this.executable = executable;
        this.options = List.copyOf(options);
    }

    /// @throws AgentUnavailableException if the CLI would reject the options, or this server does
    public static CliCommandLine of(Path executable, AgentLaunch launch, boolean allowBypass)
            throws AgentUnavailableException {
        List<String> options = new ArrayList<>();
        String model = launch.model();
        if (model != null) {
            if (!MODEL.matcher(model).matches()) {
                throw new AgentUnavailableException("That is not the name of a model.");
            }
            options.add("--model=" + model);
        }
        String mode = launch.permissionMode();
        if (mode != null) {
            if (!MODE.matcher(mode).matches()) {
                throw new AgentUnavailableException("That is not a permission mode.");
            }
            if (mode.equals(BYPASS) && !allowBypass) {
                throw new AgentUnavailableException(
                        "This server does not allow sessions that never ask for permission.");
            }
            options.add("--permission-mode=" + mode);
        }
        addTools(launch.options(), options);
        if (!launch.folderTrusted()) {
            // The CLI then reads neither the folder's settings nor its .mcp.json (seen with
            // 2.1.112, 2.1.197 and 2.1.332), but still the user's own settings.
            options.add("--setting-sources=user");
        }
        if (allowBypass) {
            // Without it, the mode could not be chosen later in the running session.
            options.add("--allow-dangerously-skip-permissions");
        }
        return new CliCommandLine(executable, options);
    }

    private static void addTools(AgentOptions wanted, List<String> options)
            throws AgentUnavailableException {
        String plain =
                rules(wanted).stream().filter(ToolRules::isPlain).collect(Collectors.joining(","));
        if (!plain.isEmpty()) {
            options.add("--allowedTools=" + plain);
        }
        List<String> tools = wanted.tools();
        if (tools != null) {
            options.add("--tools=" + String.join(",", checked(tools)));
        }
        Integer thinking = wanted.maxThinkingTokens();
        if (thinking != null) {
            options.add("--max-thinking-tokens=" + Math.max(0, thinking));
        }
    }

    private static List<String> rules(AgentOptions wanted) throws AgentUnavailableException {
        return checked(wanted.allowedTools());
    }

    private static List<String> checked(List<String> rules) throws AgentUnavailableException {
        try {
            return ToolRules.parse(rules);
        } catch (IllegalArgumentException e) {
            throw new AgentUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Converts the rules that the command line cannot express ([ToolRules#isPlain]) to settings of
    /// this process alone.
    ///
    /// @return an `apply_flag_settings` request; empty if there are no such rules
    public static Optional<ObjectNode> flagSettings(AgentOptions wanted)
            throws AgentUnavailableException {
        List<String> rest = rules(wanted).stream().filter(r -> !ToolRules.isPlain(r)).toList();
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode request = Json.object().put("subtype", ControlSubtype.APPLY_FLAG_SETTINGS);
        ObjectNode permissions = request.putObject("settings").putObject("permissions");
        rest.forEach(permissions.putArray("allow")::add);
        return Optional.of(request);
    }

    /// @param hookEvents whether the CLI reports all hooks; without it, only those of its start
    public List<String> forConversation(Conversation conversation, boolean hookEvents) {
        List<String> line = new ArrayList<>(forConversation(conversation));
        if (hookEvents) {
            line.add(HOOK_EVENTS);
        }
        return List.copyOf(line);
    }

    /// Whether a CLI ended because it is too old to report hooks.
    ///
    /// @param stderr its last lines on standard error
    static boolean isWithoutHookEvents(List<String> stderr) {
        return stderr.stream().anyMatch(l -> l.contains("unknown option '" + HOOK_EVENTS + "'"));
    }

    List<String> forConversation(Conversation conversation) {
        List<String> line = new ArrayList<>();
        line.add(executable.toString());
        line.addAll(List.of("--output-format", "stream-json", "--input-format", "stream-json"));
        // Without --verbose the CLI refuses stream-json output.
        line.addAll(List.of("--verbose", "--include-partial-messages"));
        line.addAll(List.of("--permission-prompt-tool", "stdio"));
        switch (conversation) {
            case Fresh(var id) -> line.add("--session-id=" + id);
            case Resumed(var id) -> line.add("--resume=" + id);
            case Branched(var id, var from, var after) -> {
                // Seen with 2.1.197 and 2.1.332. The copy ends with that message.
                line.addAll(List.of("--resume=" + from, "--fork-session"));
                line.addAll(List.of("--session-id=" + id, "--resume-session-at=" + after));
            }
        }
        line.addAll(options);
        return List.copyOf(line);
    }
}
