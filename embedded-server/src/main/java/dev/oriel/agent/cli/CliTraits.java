package dev.oriel.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/// What a running CLI says it is and can do; what it does not say it is taken not to.
///
/// @param version of the CLI, or [Version#NONE] before it has told
/// @param capabilities names such as `interrupt_receipt_v1`, known to Oriel or not
record CliTraits(Version version, Set<String> capabilities) {
    static final CliTraits UNKNOWN = new CliTraits(Version.NONE, Set.of());

    CliTraits {
        capabilities = Set.copyOf(capabilities);
    }

    /// @param says a `system/init` message or the answer to `initialize`: both name version and
    ///   capabilities, older versions neither
    CliTraits and(JsonNode says) {
        Set<String> all = new HashSet<>(capabilities);
        for (JsonNode each : says.path("capabilities")) {
            if (each.isTextual()) {
                all.add(each.textValue());
            }
        }
        Version told = Version.of(says.path("claude_code_version").asText(""));
        return new CliTraits(told.equals(Version.NONE) ? version : told, all);
    }

    boolean can(String capability) {
        return capabilities.contains(capability);
    }
}
