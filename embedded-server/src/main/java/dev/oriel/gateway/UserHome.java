package dev.oriel.gateway;

import dev.oriel.platform.OperatingSystem;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The user's home folder. Java takes it from the system's list of users; all other programs on
/// Unix take it from `HOME`, and a user who sets that means all programs.
public final class UserHome {
    private UserHome() {}

    /// Sets `user.home` to the value of `HOME`, if that is an absolute path. For the start of a
    /// program, before `user.home` is read.
    public static void useEnvironment() {
        String home = find(System.getenv(), OperatingSystem.current());
        if (home != null) {
            System.setProperty("user.home", home);
        }
    }

    static @Nullable String find(Map<String, String> environment, OperatingSystem os) {
        String home = environment.get("HOME");
        boolean unix = os != OperatingSystem.WINDOWS;
        return unix && home != null && home.startsWith("/") && Path.of(home).isAbsolute()
                ? home
                : null;
    }
}
