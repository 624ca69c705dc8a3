package dev.oriel.session.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The permission modes of the CLI (wire.md 6.1), and who may choose which.
public final class PermissionModes {
    private static final Set<String> KNOWN =
            Set.of("default", "manual", "acceptEdits", "plan", "dontAsk", "auto");

    private static final String BYPASS = "bypassPermissions";

    private PermissionModes() {}

    /// All modes, in alphabetical order.
    public static List<String> names() {
        return Stream.concat(KNOWN.stream(), Stream.of(BYPASS)).sorted().toList();
    }

    /// Validates a mode.
    ///
    /// @param mayBypass whether the operator allows `bypassPermissions`
    /// @return what is wrong, for the user; empty if the mode is valid
    public static Optional<String> problem(@Nullable String mode, boolean mayBypass) {
        if (BYPASS.equals(mode)) {
            return mayBypass
                    ? Optional.empty()
                    : Optional.of("bypassPermissions is not allowed on this server");
        }
        return mode != null && KNOWN.contains(mode)
                ? Optional.empty()
                : Optional.of(
                        "permission_mode must be one of "
                                + String.join(", ", KNOWN.stream().sorted().toList()));
    }
}
