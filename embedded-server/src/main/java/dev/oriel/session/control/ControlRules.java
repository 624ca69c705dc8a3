package dev.oriel.session.control;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The table of all control requests that clients may send. A subtype that is not in the table does
/// not reach the agent: the CLI has requests that run commands, move the session to another folder
/// or add permission rules, and later versions may have more.
public final class ControlRules {
    private static final Map<String, ValueRule> NONE = Map.of();
    private static final ValueRule UUID_TEXT = ValueRule.text(100);

    /// As many prompts can wait in a session.
    private static final int MAX_QUEUE = 1_000;

    private static final ValueRule NAME = ValueRule.text(200);

    /// The CLI's flag settings that control how it thinks and writes. `permissions`, `hooks`,
    /// `env`, `apiKeyHelper` and others would let commands run without asking.
    private static final ValueRule FLAG_SETTINGS =
            ValueRule.object(
                    Map.of(
                            "effortLevel",
                            ValueRule.oneOf("low", "medium", "high", "xhigh", "max").orNull(),
                            "alwaysThinkingEnabled",
                            ValueRule.FLAG.orNull(),
                            "outputStyle",
                            ValueRule.LINE.orNull()));

    private static final Map<String, ControlRule> RULES =
            Map.ofEntries(
                    // Handled by Oriel.
                    own(
                            ControlSubtype.INTERRUPT,
                            Role.GUEST,
                            Map.of("cancel_queued", ValueRule.FLAG, "hold_queue", ValueRule.FLAG)),
                    own(
                            ControlSubtype.CANCEL_ASYNC_MESSAGE,
                            Role.GUEST,
                            Map.of("message_uuid", ValueRule.TEXT)),
                    own(ControlSubtype.ORIEL_RUN_QUEUE, Role.OWNER, NONE),
                    own(
                            ControlSubtype.ORIEL_REORDER_QUEUE,
                            Role.OWNER,
                            Map.of("message_uuids", ValueRule.texts(MAX_QUEUE, 100))),
                    own(
                            ControlSubtype.ORIEL_SEND_NOW,
                            Role.OWNER,
                            Map.of("message_uuid", UUID_TEXT)),
                    own(ControlSubtype.ORIEL_STEER, Role.OWNER, Map.of("message_uuid", UUID_TEXT)),
                    own(ControlSubtype.SET_MODEL, Role.OWNER, Map.of("model", NAME.orNull())),
                    own(ControlSubtype.SET_PERMISSION_MODE, Role.OWNER, Map.of("mode", NAME)),
                    own(
                            ControlSubtype.RENAME_SESSION,
                            Role.OWNER,
                            Map.of("title", ValueRule.LINE, "source", ValueRule.TEXT)),
                    // ClientDeclarations holds what clients declare.
                    entry(
                            ControlSubtype.INITIALIZE,
                            new ControlRule(
                                    Role.OWNER,
                                    ControlEffect.OWN,
                                    ClientDeclaration.MEMBERS,
                                    ClientDeclaration.OTHERS,
                                    "")),
                    // Read by the agent.
                    read("mcp_status", Map.of("liveReply", ValueRule.FLAG)),
                    read(
                            "get_context_usage",
                            Map.of(
                                    "detail",
                                    ValueRule.oneOf("summary", "full"),
                                    "mode",
                                    ValueRule.oneOf("summary", "full"))),
                    read("get_usage", Map.of("skip_behaviors", ValueRule.FLAG)),
                    read("get_session_cost", NONE),
                    read("get_binary_version", NONE),
                    read("get_settings", NONE),
                    read("get_status", NONE),
                    read("get_plan", NONE),
                    read("get_hooks_listing", NONE),
                    read("get_workspace_diff", NONE),
                    read(
                            ControlSubtype.GET_TASK_OUTPUT,
                            Map.of("task_id", NAME, "liveReply", ValueRule.FLAG)),
                    read("list_models", NONE),
                    read("list_permission_rules", NONE),
                    read(
                            "file_suggestions",
                            Map.of(
                                    "query",
                                    new ValueRule(
                                            "a text of at most 1000 characters",
                                            v ->
                                                    v.isTextual()
                                                            && v.textValue().length() <= 1_000))),
                    // Done by the agent once.
                    act(ControlSubtype.STOP_TASK, Map.of("task_id", NAME)),
                    act(ControlSubtype.BACKGROUND_TASKS, Map.of("tool_use_id", NAME)),
                    act(
                            ControlSubtype.REWIND_FILES,
                            Map.of("user_message_id", UUID_TEXT, "dry_run", ValueRule.FLAG)),
                    act(ControlSubtype.MCP_RECONNECT, Map.of("serverName", NAME)),
                    // The address that the login returns to is the agent's own.
                    act(ControlSubtype.MCP_AUTHENTICATE, Map.of("serverName", NAME)),
                    act(
                            ControlSubtype.MCP_OAUTH_CALLBACK_URL,
                            Map.of("serverName", NAME, "callbackUrl", ValueRule.text(8_000))),
                    act(ControlSubtype.MCP_CLEAR_AUTH, Map.of("serverName", NAME)),
                    act(ControlSubtype.RELOAD_SKILLS, NONE),
                    // Saved for later agents of the session.
                    change(ControlSubtype.APPLY_FLAG_SETTINGS, Map.of("settings", FLAG_SETTINGS)),
                    change(
                            ControlSubtype.SET_MAX_THINKING_TOKENS,
                            Map.of(
                                    "max_thinking_tokens",
                                    ValueRule.count(1_000_000).orNull(),
                                    "thinking_display",
                                    ValueRule.oneOf("summarized", "omitted").orNull())),
                    change(ControlSubtype.MCP_SET_SERVERS, Map.of("servers", McpServerRules.BOUND)),
                    change(
                            ControlSubtype.MCP_TOGGLE,
                            Map.of("serverName", NAME, "enabled", ValueRule.FLAG)),
                    // Known, and refused.
                    refused("set_cwd", "A session stays in its folder. Begin one in the other."),
                    refused("register_repo_root", "A session stays in its folder."),
                    refused("update_settings", "The settings files are the user's own."),
                    refused("claude_authenticate", "Log in with `claude` in a terminal."),
                    refused("claude_oauth_callback", "Log in with `claude` in a terminal."),
                    refused(
                            "claude_oauth_wait_for_completion",
                            "Log in with `claude` in a terminal."),
                    refused("remote_control", "A session is reached through Oriel alone."),
                    refused("mcp_call", "A tool is called by Claude, and asks before."),
                    refused(
                            ControlSubtype.MCP_MESSAGE,
                            "Servers of a client are spoken to by the agent."),
                    refused("set_mcp_permission_mode_override", "Its tools ask before they run."),
                    refused("start_shell_task", "A command is run by Claude, and asks before."),
                    refused("read_file", "Files are read by Claude, and only in its folder."),
                    refused("seed_read_state", "The agent says itself what it has read."),
                    refused("reload_plugins", "A plugin can bring commands that run unasked."),
                    refused("end_session", "End or delete the session instead."));

    private ControlRules() {}

    /// Decides whether a caller may send a control request.
    public static ControlDecision decide(Role caller, ObjectNode request) {
        String subtype = request.path("subtype").asText();
        ControlRule rule = RULES.get(subtype);
        if (rule == null) {
            return new ControlDecision.Refused(
                    ErrorCode.UNSUPPORTED_REQUEST,
                    "Oriel does not pass on control requests of this subtype.");
        }
        if (rule.effect() == ControlEffect.REFUSED) {
            return new ControlDecision.Refused(ErrorCode.FORBIDDEN, rule.reason());
        }
        if (!caller.includes(rule.least())) {
            return new ControlDecision.Refused(
                    ErrorCode.FORBIDDEN, "Only the session's owner may send this.");
        }
        for (Map.Entry<String, JsonNode> member : request.properties()) {
            String name = member.getKey();
            if (name.equals("subtype")) {
                continue;
            }
            ValueRule bound = rule.of(name);
            if (bound == null) {
                return new ControlDecision.Refused(
                        ErrorCode.FORBIDDEN,
                        "This request may not say anything but " + names(rule) + ".");
            }
            if (!bound.test().test(member.getValue())) {
                return new ControlDecision.Refused(
                        ErrorCode.BAD_REQUEST, name + " must be " + bound.description());
            }
        }
        return new ControlDecision.Allowed(rule.effect());
    }

    /// All known subtypes with their effects; for tests and documents.
    public static Map<String, ControlEffect> effects() {
        Map<String, ControlEffect> all = new TreeMap<>();
        RULES.forEach((subtype, rule) -> all.put(subtype, rule.effect()));
        return all;
    }

    /// The subtypes that a caller may send.
    public static Set<String> subtypesFor(Role caller) {
        Map<String, ControlEffect> all = new TreeMap<>(effects());
        all.keySet()
                .removeIf(s ->
                        all.get(s) == ControlEffect.REFUSED || !caller.includes(rule(s).least()));
        return Set.copyOf(all.keySet());
    }

    private static ControlRule rule(String subtype) {
        ControlRule rule = RULES.get(subtype);
        if (rule == null) {
            throw new IllegalArgumentException(subtype);
        }
        return rule;
    }

    private static String names(ControlRule rule) {
        return rule.members().isEmpty()
                ? "its subtype"
                : String.join(", ", rule.members().keySet().stream().sorted().toList());
    }

    private static Map.Entry<String, ControlRule> own(
            String subtype, Role least, Map<String, ValueRule> members) {
        return entry(subtype, new ControlRule(least, ControlEffect.OWN, members, null, ""));
    }

    private static Map.Entry<String, ControlRule> read(
            String subtype, Map<String, ValueRule> members) {
        return entry(subtype, new ControlRule(Role.OWNER, ControlEffect.READ, members, null, ""));
    }

    private static Map.Entry<String, ControlRule> act(
            String subtype, Map<String, ValueRule> members) {
        return entry(subtype, new ControlRule(Role.OWNER, ControlEffect.ACT, members, null, ""));
    }

    private static Map.Entry<String, ControlRule> change(
            String subtype, Map<String, ValueRule> members) {
        return entry(subtype, new ControlRule(Role.OWNER, ControlEffect.CHANGE, members, null, ""));
    }

    private static Map.Entry<String, ControlRule> refused(String subtype, String reason) {
        return entry(
                subtype, new ControlRule(Role.OWNER, ControlEffect.REFUSED, NONE, null, reason));
    }
}
