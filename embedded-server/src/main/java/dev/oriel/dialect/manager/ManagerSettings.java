package dev.oriel.dialect.manager;

import dev.oriel.dialect.RateLimit.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings of the manager dialect (wire.md 5.1).
///
/// @param authEnabled whether clients need the key; false applies to loopback ports only
/// @param keyFiles locations of the key; the first existing file is used
/// @param maxSessions maximum number of sessions of a placement, at least 1
/// @param sessionTimeout how long a session can be idle before it is ended
/// @param permissionTimeout how long a client can take to answer a permission request
/// @param toolsNeedPermission whether each tool use asks that Claude itself does not permit. If
///   false, the tools that a client lists run without an ask, unless it chooses a permission mode
/// @param rate limits the sessions and prompts of one connection; null for no limit
public record ManagerSettings(
        boolean authEnabled,
        List<Path> keyFiles,
        int maxSessions,
        Duration sessionTimeout,
        Duration permissionTimeout,
        boolean toolsNeedPermission,
        @Nullable Rate rate) {

    /// The original's defaults.
    public static ManagerSettings defaults() {
        return defaults(Path.of(System.getProperty("user.home")));
    }

    static ManagerSettings defaults(Path home) {
        Path claude = home.resolve(".claude");
        return new ManagerSettings(
                true,
                List.of(
                        claude.resolve("analytics").resolve(".secret"),
                        claude.resolve("analytics_data").resolve(".secret")),
                10,
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                false,
                null);
    }

    public ManagerSettings {
        keyFiles = List.copyOf(keyFiles);
        if (maxSessions < 1) {
            throw new IllegalArgumentException("maxSessions must be at least 1");
        }
    }

    public ManagerSettings withAuthEnabled(boolean enabled) {
        return new ManagerSettings(
                enabled,
                keyFiles,
                maxSessions,
                sessionTimeout,
                permissionTimeout,
                toolsNeedPermission,
                rate);
    }

    /// Replaces the first location of the key; the second one stays.
    public ManagerSettings withKeyFile(Path file) {
        return new ManagerSettings(
                authEnabled,
                List.of(file, keyFiles.getLast()),
                maxSessions,
                sessionTimeout,
                permissionTimeout,
                toolsNeedPermission,
                rate);
    }

    public ManagerSettings withMaxSessions(int max) {
        return new ManagerSettings(
                authEnabled,
                keyFiles,
                max,
                sessionTimeout,
                permissionTimeout,
                toolsNeedPermission,
                rate);
    }

    public ManagerSettings withSessionTimeout(Duration time) {
        return new ManagerSettings(
                authEnabled,
                keyFiles,
                maxSessions,
                time,
                permissionTimeout,
                toolsNeedPermission,
                rate);
    }

    public ManagerSettings withPermissionTimeout(Duration time) {
        return new ManagerSettings(
                authEnabled,
                keyFiles,
                maxSessions,
                sessionTimeout,
                time,
                toolsNeedPermission,
                rate);
    }

    public ManagerSettings withToolsNeedPermission(boolean ask) {
        return new ManagerSettings(
                authEnabled, keyFiles, maxSessions, sessionTimeout, permissionTimeout, ask, rate);
    }

    public ManagerSettings withRate(@Nullable Rate limit) {
        return new ManagerSettings(
                authEnabled,
                keyFiles,
                maxSessions,
                sessionTimeout,
                permissionTimeout,
                toolsNeedPermission,
                limit);
    }
}
