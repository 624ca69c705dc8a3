package dev.oriel.gateway;

import dev.oriel.platform.OperatingSystem;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The person's home folder. Java takes it from the system's list of users, every other program of
/// a Unix from `HOME`, and a person who sets that means all of them.
public final class UserHome {
    private UserHome() {}

    /// Makes `user.home` what `HOME` says, if that is an absolute path. For the beginning of a
    /// program, before anybody has asked.
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
