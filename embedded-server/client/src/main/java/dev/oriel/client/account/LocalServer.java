package dev.oriel.client.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A program on the server's computer that runs models and speaks the Messages API.
///
/// @param program `ollama`, `lm_studio`, `llama_cpp` or `vllm`
/// @param name of the program, for the user
/// @param baseUrl its address
/// @param version null if it is not known
/// @param models those that it offers
public record LocalServer(
        String program,
        String name,
        String baseUrl,
        @Nullable String version,
        List<AccountCheck.Model> models) {

    /// Copies the list.
    public LocalServer {
        models = List.copyOf(models);
    }

    /// Parses the reply of `GET /v1/local-servers`.
    ///
    /// @param reply `{"servers"}`
    /// @return the servers that were found
    public static List<LocalServer> listFromJson(JsonNode reply) {
        List<LocalServer> servers = new ArrayList<>();
        for (JsonNode s : reply.path("servers")) {
            servers.add(
                    new LocalServer(
                            s.path("program").asText(),
                            s.path("name").asText(),
                            s.path("base_url").asText(),
                            s.path("version").textValue(),
                            AccountCheck.models(s.path("models"))));
        }
        return List.copyOf(servers);
    }
}
