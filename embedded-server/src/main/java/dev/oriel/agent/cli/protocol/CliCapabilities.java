package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.install.CliVersion;
import java.util.HashSet;
import java.util.Set;

/// What a running CLI says it is and can do; what it does not say it is taken not to.
///
/// @param version of the CLI, or [CliVersion#NONE] before it has told
/// @param capabilities names such as `interrupt_receipt_v1`, known to Oriel or not
record CliCapabilities(CliVersion version, Set<String> capabilities) {
    static final CliCapabilities UNKNOWN = new CliCapabilities(CliVersion.NONE, Set.of());

    CliCapabilities {
        capabilities = Set.copyOf(capabilities);
    }

    /// @param says a `system/init` message or the answer to `initialize`: both name version and
    ///   capabilities, older versions neither
    CliCapabilities withReported(JsonNode says) {
        Set<String> all = new HashSet<>(capabilities);
        for (JsonNode each : says.path("capabilities")) {
            if (each.isTextual()) {
                all.add(each.textValue());
            }
        }
        CliVersion told = CliVersion.parse(says.path("claude_code_version").asText(""));
        return new CliCapabilities(told.equals(CliVersion.NONE) ? version : told, all);
    }

    boolean has(String capability) {
        return capabilities.contains(capability);
    }
}
