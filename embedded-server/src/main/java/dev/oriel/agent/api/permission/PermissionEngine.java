package dev.oriel.agent.api.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.agent.api.permission.shell.CommandJudge;
import dev.oriel.agent.api.permission.shell.ShellJudge;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decides by the mode, the rules and the paths of a call. In this order: rules that deny,
/// questions to the user, rules that ask, protected files, the mode, rules that allow, what is
/// harmless; what is left asks. Thread-safe.
public final class PermissionEngine implements Permissions {
    private static final List<String> MODES =
            List.of("default", "acceptEdits", "plan", "dontAsk", "auto", "bypassPermissions");

    private final PermissionFolders folders;
    private final RuleSource settings;
    private final CommandJudge commands;
    private final boolean mayBypass;
    private final PermissionUpdates updates;
    private final List<PermissionRule> turnRules = new ArrayList<>(); // guarded by this
    private @Nullable String mode; // guarded by this; null until it is known

    /// The permissions of one agent.
    ///
    /// @param folder the session's folder
    /// @param home the user's home
    /// @param privateFolder the agent's own files, which it may read
    /// @param data the folder of Oriel's own files
    /// @param allowedTools rules that allow for the whole session
    /// @param mode null for that of the settings
    /// @param folderTrusted whether rules of the folder's files that allow count
    public static PermissionEngine create(
            Path folder,
            Path home,
            Path privateFolder,
            Path data,
            List<String> allowedTools,
            @Nullable String mode,
            boolean mayBypass,
            boolean folderTrusted) {
        PermissionFolders folders = new PermissionFolders(folder, home, privateFolder, data);
        PermissionEngine engine =
                new PermissionEngine(
                        folders,
                        new SettingsRules(folders.folder(), folders.home(), data, folderTrusted),
                        new ShellJudge(folderTrusted, folders.home()),
                        new PermissionUpdates(folders, allowedTools),
                        null,
                        mayBypass);
        if (mode != null) {
            engine.setMode(mode);
        }
        return engine;
    }

    PermissionEngine(
            PermissionFolders folders,
            RuleSource settings,
            CommandJudge commands,
            PermissionUpdates updates,
            @Nullable String mode,
            boolean mayBypass) {
        this.folders = folders;
        this.settings = settings;
        this.commands = commands;
        this.updates = updates;
        this.mode = mode;
        this.mayBypass = mayBypass;
    }

    /// The mode that was set, or that of the settings. May look at files the first time.
    @Override
    public synchronized String mode() {
        String known = mode;
        if (known == null) {
            String configured = settings.defaults().defaultMode();
            if (configured == null || !setMode(configured)) {
                mode = "default";
            }
            known = mode;
        }
        return Objects.requireNonNull(known);
    }

    @Override
    public synchronized boolean setMode(String wanted) {
        String known = wanted.equals("manual") ? "default" : wanted;
        boolean isBypass = known.equals("bypassPermissions");
        if (!MODES.contains(known)
                || (isBypass && (!mayBypass || settings.defaults().forbidsBypass()))) {
            return false;
        }
        mode = known;
        return true;
    }

    @Override
    public List<String> update(JsonNode wanted) {
        List<String> notices = new ArrayList<>();
        for (JsonNode update : wanted) {
            if (update.path("type").asText().equals("setMode")) {
                if (!setMode(update.path("mode").asText())) {
                    notices.add("The permission mode could not be changed.");
                } else {
                    updates.store(update).ifPresent(notices::add);
                }
            } else {
                updates.apply(update).ifPresent(notices::add);
            }
        }
        return notices;
    }

    @Override
    public synchronized void allowForTurn(List<String> rules) {
        for (String text : rules) {
            PermissionRule rule =
                    PermissionRule.parse(text, PermissionRule.Behavior.ALLOW, folders.folder());
            if (rule != null) {
                turnRules.add(rule);
            }
        }
    }

    @Override
    public synchronized void endTurn() {
        turnRules.clear();
    }

    @Override
    public List<String> takeNotices() {
        return settings.takeNotices();
    }

    @Override
    public Verdict judge(ToolRequest call, ToolNeeds needs) {
        List<PermissionRule> rules = rules();
        RuleSource.Defaults defaults = settings.defaults();
        folders.configure(defaults.folders());
        String mode = mode();
        if (defaults.forbidsBypass() && mode.equals("bypassPermissions")) {
            mode = "default"; // was forbidden after it had been chosen
        }
        return new PermissionJudgement(
                        folders, commands, settings.isBroken(), call, needs, rules, mode)
                .decide();
    }

    private List<PermissionRule> rules() {
        List<PermissionRule> own = new ArrayList<>(updates.rules());
        synchronized (this) {
            own.addAll(turnRules);
        }
        List<PermissionRule> rules = new ArrayList<>(settings.rules());
        if (settings.defaults().onlyManaged()) {
            own.removeIf(r -> r.behavior() == PermissionRule.Behavior.ALLOW);
        }
        rules.addAll(own);
        return rules;
    }

    /// The rules that hold, for the reply to `list_permission_rules`.
    public JsonNode describe() {
        ArrayNode list = Json.mapper().createArrayNode();
        List<PermissionRule> all = new ArrayList<>(settings.rules());
        all.addAll(updates.rules());
        for (PermissionRule rule : all) {
            list.addObject()
                    .put("toolName", rule.tool())
                    .put("ruleContent", rule.content())
                    .put("behavior", rule.behavior().name().toLowerCase(Locale.ROOT));
        }
        return list;
    }
}
