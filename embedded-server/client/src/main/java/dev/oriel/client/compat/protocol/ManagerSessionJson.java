package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.compat.protocol.ProtocolEffect.ListedSession;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Parses the session objects of the manager kind.
final class ManagerSessionJson {
    private ManagerSessionJson() {}

    static ListedSession parse(JsonNode s) {
        JsonNode options = s.path("options");
        boolean failed = s.path("status").asText().equals("error");
        return new ListedSession(
                s.path("id").asText(),
                options.path("working_directory").asText(""),
                s.path("status").asText().equals("processing"),
                options.path("permission_mode").textValue(),
                failed ? s.path("error_message").asText("The last prompt failed.") : null,
                instant(s.path("created_at").asText()),
                instant(s.path("updated_at").asText()));
    }

    /// The servers send local time without a zone; the best guess is that it is the client's.
    private static @Nullable Instant instant(String text) {
        try {
            return text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d$")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }
}
