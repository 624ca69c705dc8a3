package dev.oriel.agent.api.permission;

import dev.oriel.agent.api.permission.shell.CommandJudge.Facts;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which rules are about one call. Immutable.
///
/// @param facts of the call's command line; null for none
record CallRules(
        List<PermissionRule> rules,
        PermissionFolders folders,
        ToolRequest call,
        ToolNeeds needs,
        @Nullable Facts facts,
        List<JudgedPath> reads,
        List<JudgedPath> writes) {

    /// Whether the content of a whole folder is read while a rule denies some files.
    boolean searchesDeniedFiles() {
        boolean hasRule =
                rules.stream()
                        .anyMatch(r ->
                                r.behavior() == PermissionRule.Behavior.DENY
                                        && r.tool().equals("Read")
                                        && r.content() != null);
        if (!hasRule) {
            return false;
        }
        boolean searches =
                facts == null
                        ? call.name().equals("Grep")
                        : facts.commands().stream()
                                .anyMatch(c ->
                                        c.text().matches("(?s)(grep|egrep|fgrep|rg|diff)\\b.*"));
        return searches && reads.stream().anyMatch(p -> Files.isDirectory(p.real()));
    }

    /// Whether a rule denies or asks for some commands or files: a command that is unclear may be
    /// one of these, or use them.
    boolean hasPartialDenial() {
        return rules.stream()
                .anyMatch(r ->
                        r.behavior() != PermissionRule.Behavior.ALLOW
                                && r.content() != null
                                && (r.isAbout(call.name()) || isPathRule(r, false)));
    }

    boolean isAllowedAsAWhole() {
        return rules.stream()
                .anyMatch(r ->
                        r.behavior() == PermissionRule.Behavior.ALLOW
                                && r.isAbout(call.name())
                                && r.content() == null);
    }

    boolean isAllowedHost() {
        String host = needs.host();
        return host != null
                && rules.stream()
                        .anyMatch(r ->
                                r.behavior() == PermissionRule.Behavior.ALLOW
                                        && r.isAbout(call.name())
                                        && HostPattern.matches(r, host));
    }

    static boolean isPathRule(PermissionRule rule, boolean isWrite) {
        return switch (rule.tool()) {
            case "Edit", "Write", "MultiEdit", "NotebookEdit" -> true;
            case "Read" -> !isWrite;
            default -> false;
        };
    }

    /// Whether a rule that denies or asks covers the call.
    boolean isCovered(PermissionRule.Behavior behavior) {
        return rules.stream().anyMatch(r -> r.behavior() == behavior && covers(r));
    }

    private boolean covers(PermissionRule rule) {
        String content = rule.content();
        if (rule.isAbout(call.name())) {
            if (content == null) {
                return true;
            }
            if (facts != null) {
                CommandPattern pattern = folders.command(content);
                if (facts.suspects().stream().anyMatch(pattern::matches)) {
                    return true;
                }
            }
            if (needs.host() != null && HostPattern.matches(rule, needs.host())) {
                return true;
            }
            if (content.equals(textOf("subagent_type")) || content.equals(textOf("skill"))) {
                return true;
            }
        }
        return content != null && coversPath(rule);
    }

    private String textOf(String member) {
        return call.input().path(member).asText();
    }

    /// A rule of `Read` also covers writes: what must not be read must not be replaced either.
    private boolean coversPath(PermissionRule rule) {
        boolean readRule = rule.tool().equals("Read");
        boolean writeRule =
                List.of("Edit", "Write", "MultiEdit", "NotebookEdit").contains(rule.tool());
        if ((!readRule && !writeRule) || (reads.isEmpty() && writes.isEmpty())) {
            return false;
        }
        PathPattern pattern = folders.pattern(rule);
        return writes.stream().anyMatch(p -> matches(pattern, p))
                || (readRule && reads.stream().anyMatch(p -> matches(pattern, p)));
    }

    private static boolean matches(PathPattern pattern, JudgedPath path) {
        return pattern.matches(path.given()) || pattern.matches(path.real());
    }
}
