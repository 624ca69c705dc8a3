package dev.oriel.account.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A program on this computer that runs models.
///
/// @param version null if it does not say
public record FoundServer(
        LocalProgram program,
        String baseUrl,
        @Nullable String version,
        List<CheckResult.Model> models) {
    public FoundServer {
        models = List.copyOf(models);
    }

    /// As on the wire (`PROTOCOL.md`, "Accounts").
    public ObjectNode toJson() {
        ObjectNode json =
                Json.object()
                        .put("program", program.name().toLowerCase(Locale.ROOT))
                        .put("name", program.displayName())
                        .put("base_url", baseUrl);
        if (version != null) {
            json.put("version", version);
        }
        json.set("models", CheckResult.toJson(models));
        return json;
    }
}
