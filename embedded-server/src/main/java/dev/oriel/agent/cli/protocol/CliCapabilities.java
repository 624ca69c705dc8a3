package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.install.CliVersion;
import java.util.HashSet;
import java.util.Set;

/// Version and capabilities that a running CLI has reported. A capability that it did not report is
/// missing.
///
/// @param version [CliVersion#NONE] until it has been reported
/// @param capabilities names such as `interrupt_receipt_v1`, known to Oriel or not
record CliCapabilities(CliVersion version, Set<String> capabilities) {
    static final CliCapabilities UNKNOWN = new CliCapabilities(CliVersion.NONE, Set.of());

    CliCapabilities {
        capabilities = Set.copyOf(capabilities);
    }

    /// Adds what another message reports.
    ///
    /// @param report a `system/init` message or the response to `initialize`: both contain version
    ///   and capabilities, those of older versions contain neither
    CliCapabilities withReported(JsonNode report) {
        Set<String> all = new HashSet<>(capabilities);
        for (JsonNode each : report.path("capabilities")) {
            if (each.isTextual()) {
                all.add(each.textValue());
            }
        }
        CliVersion reported = CliVersion.parse(report.path("claude_code_version").asText(""));
        return new CliCapabilities(reported.equals(CliVersion.NONE) ? version : reported, all);
    }

    boolean has(String capability) {
        return capabilities.contains(capability);
    }
}
