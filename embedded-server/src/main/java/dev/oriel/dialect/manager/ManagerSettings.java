package dev.oriel.dialect.manager;

import dev.oriel.dialect.RateLimit.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator decided for the manager dialect (wire.md 5.1).
///
/// @param authEnabled whether clients need the key; false counts only where a port is on loopback
/// @param keyFiles where the key may stand; the first file that is there counts
/// @param maxSessions how many sessions a place holds at once, at least 1
/// @param sessionTimeout after how long without work a session is ended
/// @param permissionTimeout how long a client may take to answer a permission request
/// @param toolsNeedPermission whether every tool asks that Claude itself does not let run; else the
///   tools that a client names run unasked where it names no permission mode
/// @param rate how many sessions and prompts one connection may ask for; null for no limit
public record ManagerSettings(
        boolean authEnabled,
        List<Path> keyFiles,
        int maxSessions,
        Duration sessionTimeout,
        Duration permissionTimeout,
        boolean toolsNeedPermission,
        @Nullable Rate rate) {

    /// As the system does it without any variable set.
    public static ManagerSettings standard() {
        return standard(Path.of(System.getProperty("user.home")));
    }

    static ManagerSettings standard(Path home) {
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

    /// Another first place of the key; the system's second one stays.
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

    public ManagerSettings withMaxSessions(int most) {
        return new ManagerSettings(
                authEnabled,
                keyFiles,
                most,
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
