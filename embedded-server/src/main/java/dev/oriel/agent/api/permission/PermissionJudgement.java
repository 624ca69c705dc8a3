package dev.oriel.agent.api.permission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.agent.api.permission.shell.CommandJudge;
import dev.oriel.agent.api.permission.shell.CommandJudge.Facts;
import dev.oriel.agent.api.permission.shell.CommandJudge.Simple;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The decision on one call. Confined to one thread.
final class PermissionJudgement {
    private static final String OUTSIDE = "Path is outside allowed working directories";

    private final PermissionFolders folders;
    private final boolean isBroken;
    private final ToolRequest call;
    private final ToolNeeds needs;
    private final List<PermissionRule> rules;
    private final String mode;
    private final List<JudgedPath> reads = new ArrayList<>();
    private final List<JudgedPath> writes = new ArrayList<>();
    private final @Nullable Facts facts;
    private final CallRules matching;
    private boolean hasStrangePath;

    PermissionJudgement(
            PermissionFolders folders,
            CommandJudge commands,
            boolean isBroken,
            ToolRequest call,
            ToolNeeds needs,
            List<PermissionRule> rules,
            String mode) {
        this.folders = folders;
        this.isBroken = isBroken;
        this.call = call;
        this.needs = needs;
        this.rules = rules;
        this.mode = mode;
        this.facts =
                needs.command() == null
                        ? null
                        : commands.judge(
                                needs.command(),
                                needs.cwd() == null ? folders.folder() : needs.cwd());
        resolve(needs.reads(), reads);
        resolve(needs.writes(), writes);
        if (facts != null) {
            for (Simple simple : facts.commands()) {
                resolve(simple.reads(), reads);
                resolve(simple.writes(), writes);
            }
        }
        matching = new CallRules(rules, folders, call, needs, facts, reads, writes);
    }

    private void resolve(List<String> texts, List<JudgedPath> into) {
        for (String text : texts) {
            JudgedPath path = folders.judge(text);
            hasStrangePath |= path == null;
            if (path != null) {
                into.add(path);
            }
        }
    }

    Verdict decide() {
        if (matching.isCovered(PermissionRule.Behavior.DENY)) {
            return new Verdict.Deny("rule", denial());
        }
        if (needs.asksUser()) {
            return new Verdict.Ask("other", null, null, null);
        }
        if (matching.isCovered(PermissionRule.Behavior.ASK)) {
            return new Verdict.Ask("rule", "A rule asks for this.", null, null);
        }
        if (isBroken && !needs.isHarmless()) {
            return orDenied(
                    new Verdict.Ask(
                            "other", "A settings file with rules cannot be read.", null, null));
        }
        if (matching.searchesDeniedFiles()) {
            return orDenied(
                    new Verdict.Ask(
                            "rule", "The search may read files that a rule denies.", null, null));
        }
        if (hasStrangePath) {
            return orDenied(new Verdict.Ask("safetyCheck", "A path cannot be judged.", null, null));
        }
        if (writes.stream().anyMatch(folders.protectedPaths()::contains)) {
            return orDenied(
                    new Verdict.Ask(
                            "safetyCheck",
                            "The file controls what other programs run, or holds keys.",
                            null,
                            null));
        }
        if (mode.equals("bypassPermissions")) {
            return new Verdict.Allow("mode");
        }
        if (facts != null) {
            return decideCommand(facts);
        }
        if (needs.isHarmless()) {
            return new Verdict.Allow("mode");
        }
        if (!writes.isEmpty()) {
            return decideWrites();
        }
        if (!reads.isEmpty()) {
            return decideReads();
        }
        return matching.isAllowedAsAWhole() || matching.isAllowedHost()
                ? new Verdict.Allow("rule")
                : orDenied(
                        new Verdict.Ask(
                                "other",
                                null,
                                null,
                                Suggestions.addRule(
                                        call.name(),
                                        needs.host() == null ? null : "domain:" + needs.host(),
                                        "localSettings")));
    }

    private Verdict decideWrites() {
        JudgedPath outside = firstOutside(writes);
        if (outside == null) {
            if (mode.equals("plan")) {
                return new Verdict.Ask("mode", "Plan mode changes no files.", null, null);
            }
            if (mode.equals("acceptEdits")) {
                return new Verdict.Allow("mode");
            }
            return matching.isAllowedAsAWhole() || areAllowed(writes)
                    ? new Verdict.Allow("rule")
                    : orDenied(new Verdict.Ask("other", null, null, Suggestions.acceptEdits()));
        }
        return areAllowed(writes) && !mode.equals("plan")
                ? new Verdict.Allow("rule")
                : orDenied(askWrite(outside, List.of()));
    }

    /// @param rules that are offered as well
    private Verdict.Ask askWrite(JudgedPath outside, List<String> rules) {
        ArrayNode suggestions = Json.mapper().createArrayNode();
        if (!rules.isEmpty() && !outside.isLinked()) {
            suggestions.addAll(Suggestions.addRules("Bash", rules, "localSettings"));
        }
        List<Path> parents = new ArrayList<>();
        if (outside.isLinked() && facts == null) {
            parents.add(parent(outside.given()));
        }
        parents.add(parent(outside.real()));
        ArrayNode changes = Suggestions.addFolders(parents);
        if (mode.equals("default")) {
            changes = Suggestions.acceptEdits().addAll(changes);
        }
        return new Verdict.Ask(
                outside.isLinked() ? "safetyCheck" : "workingDir",
                reason(outside),
                outside.real().toString(),
                suggestions.addAll(changes));
    }

    private Verdict decideReads() {
        JudgedPath outside = firstOutside(reads);
        if (outside == null) {
            return new Verdict.Allow("mode");
        }
        return areAllowed(reads)
                ? new Verdict.Allow("rule")
                : orDenied(askRead(outside, List.of()));
    }

    /// @param rules that are offered as well
    private Verdict.Ask askRead(JudgedPath outside, List<String> rules) {
        ArrayNode suggestions = Json.mapper().createArrayNode();
        if (!rules.isEmpty()) {
            suggestions.addAll(Suggestions.addRules("Bash", rules, "localSettings"));
        }
        return new Verdict.Ask(
                "workingDir",
                reason(outside),
                outside.real().toString(),
                suggestions.addAll(Suggestions.readFolder(parent(outside.real()))));
    }

    private Verdict decideCommand(Facts known) {
        boolean mayHideDenied = known.unclear() != null && matching.hasPartialDenial();
        if (matching.isAllowedAsAWhole() && !mode.equals("plan") && !mayHideDenied) {
            return new Verdict.Allow("rule");
        }
        if (known.unclear() != null) {
            return orDenied(
                    new Verdict.Ask(
                            "other", known.unclear(), null, Json.mapper().createArrayNode()));
        }
        List<Simple> asking = known.commands().stream().filter(c -> !isAllowed(c)).toList();
        JudgedPath outsideRead = areAllowed(reads) ? null : firstOutside(reads);
        JudgedPath outsideWrite = areAllowed(writes) ? null : firstOutside(writes);
        if (asking.isEmpty() && outsideRead == null && outsideWrite == null) {
            return new Verdict.Allow("subcommandResults");
        }
        List<String> rules =
                (asking.isEmpty() ? known.commands() : asking)
                        .stream()
                                .map(Simple::suggestion)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList();
        if (outsideWrite != null) {
            return orDenied(askWrite(outsideWrite, rules));
        }
        if (outsideRead != null) {
            return orDenied(askRead(outsideRead, rules));
        }
        return orDenied(askCommands(asking, rules));
    }

    /// Asks for commands of which all paths are in the folders.
    private Verdict.Ask askCommands(List<Simple> asking, List<String> rules) {
        ArrayNode suggestions = Json.mapper().createArrayNode();
        if (!rules.isEmpty()) {
            suggestions.addAll(Suggestions.addRules("Bash", rules, "localSettings"));
        }
        JudgedPath written = null;
        boolean areEdits = false;
        for (Simple simple : asking) {
            List<JudgedPath> paths = new ArrayList<>();
            resolve(simple.writes(), paths);
            written = written == null && !paths.isEmpty() ? paths.getFirst() : written;
            areEdits |= simple.isEdit();
        }
        if (written != null && !rules.isEmpty() && !mode.equals("plan")) {
            Path cwd = needs.cwd() == null ? folders.folder() : needs.cwd();
            suggestions.addAll(Suggestions.addFolder(cwd));
            if (areEdits && mode.equals("default")) {
                suggestions.addAll(Suggestions.acceptEdits());
            }
        }
        return new Verdict.Ask(
                asking.size() > 1 || written != null ? "subcommandResults" : "other",
                written == null ? "The command needs your permission." : null,
                written == null ? null : written.real().toString(),
                suggestions);
    }

    /// Whether a simple command may run, apart from paths outside the folders.
    private boolean isAllowed(Simple simple) {
        boolean isPlain = simple.writes().isEmpty();
        if (simple.isReadOnly() && (isPlain || writesAreAllowed(simple))) {
            return true;
        }
        if (mode.equals("plan")) {
            return false;
        }
        if (simple.isEdit() && mode.equals("acceptEdits")) {
            return true;
        }
        return simple.takesRules()
                && rules.stream()
                        .anyMatch(r ->
                                r.behavior() == PermissionRule.Behavior.ALLOW
                                        && r.isAbout(call.name())
                                        && r.content() != null
                                        && folders.command(r.content()).matches(simple.text()))
                && (isPlain || simple.isEdit() || writesAreAllowed(simple));
    }

    private boolean writesAreAllowed(Simple simple) {
        if (mode.equals("plan")) {
            return false;
        }
        List<JudgedPath> paths = new ArrayList<>();
        resolve(simple.writes(), paths);
        return mode.equals("acceptEdits") || areAllowed(paths);
    }

    /// What asks is denied in a mode that must not ask.
    private Verdict orDenied(Verdict.Ask ask) {
        return mode.equals("dontAsk")
                ? new Verdict.Deny(
                        "mode",
                        "Permission to use "
                                + call.name()
                                + " has been denied because the permission mode is dontAsk.")
                : ask;
    }

    private String denial() {
        return needs.command() != null
                ? "Permission to use "
                        + call.name()
                        + " with command "
                        + needs.command()
                        + " has been denied."
                : "Permission to use " + call.name() + " has been denied by a rule.";
    }

    private @Nullable JudgedPath firstOutside(List<JudgedPath> paths) {
        return paths.stream().filter(p -> !folders.contains(p)).findFirst().orElse(null);
    }

    private static String reason(JudgedPath path) {
        return path.isLinked()
                ? path.given()
                        + " leads through a link to "
                        + path.real()
                        + ", which is outside the folders that may be used"
                : OUTSIDE;
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    /// Whether each path is allowed by a path rule; the real path counts.
    private boolean areAllowed(List<JudgedPath> paths) {
        return paths.stream().allMatch(this::isAllowedPath);
    }

    private boolean isAllowedPath(JudgedPath path) {
        boolean isWrite = writes.contains(path);
        return rules.stream()
                .anyMatch(r ->
                        r.behavior() == PermissionRule.Behavior.ALLOW
                                && r.content() != null
                                && CallRules.isPathRule(r, isWrite)
                                && folders.pattern(r).matches(path.real()));
    }
}
