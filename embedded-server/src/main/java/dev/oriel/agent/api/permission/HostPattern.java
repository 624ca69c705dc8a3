package dev.oriel.agent.api.permission;

import java.util.Locale;

/// Rules with the content `domain:host`, or `domain:*.host` for the hosts below it.
final class HostPattern {
    private HostPattern() {}

    static boolean matches(PermissionRule rule, String host) {
        String content = rule.content();
        if (content == null || !content.startsWith("domain:")) {
            return false;
        }
        String wanted = content.substring("domain:".length()).toLowerCase(Locale.ROOT);
        String name = host.toLowerCase(Locale.ROOT);
        return wanted.startsWith("*.") ? name.endsWith(wanted.substring(1)) : name.equals(wanted);
    }
}
