package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.PrivateJsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the user has decided about the servers that projects name in `.mcp.json`. Kept in a file of
/// the data folder that only the owner can read: for each file and server a decision, and the
/// digest of the entry that it was about, so that a changed entry has none. Thread-safe; blocks.
final class McpApprovals {
    private static final Logger LOG = LoggerFactory.getLogger(McpApprovals.class);

    /// The file has one writer: agents of one data folder run in one process.
    private static final Object WRITING = new Object();

    private final PrivateJsonFile store;

    /// @param data folder of the server's files
    McpApprovals(Path data) {
        this.store = new PrivateJsonFile(data.resolve("mcp-approvals.json"), "approvals");
    }

    /// What the user has decided about a server.
    enum Decision {
        NONE,
        APPROVED,
        REFUSED
    }

    Decision of(McpServerConfig server) {
        JsonNode known;
        synchronized (WRITING) {
            try {
                known = store.read().path(file(server)).path(server.name());
            } catch (IOException e) {
                LOG.warn("{}", e.getMessage());
                return Decision.NONE;
            }
        }
        if (!known.path("digest").asText().equals(server.digest())) {
            return Decision.NONE;
        }
        return known.path("decision").asText().equals("approved")
                ? Decision.APPROVED
                : Decision.REFUSED;
    }

    /// @throws IOException if it cannot be stored; the message is for the user
    void remember(McpServerConfig server, Decision decision) throws IOException {
        synchronized (WRITING) {
            ObjectNode all = store.read();
            ObjectNode servers =
                    all.path(file(server)) instanceof ObjectNode o
                            ? o
                            : all.putObject(file(server));
            servers.putObject(server.name())
                    .put("digest", server.digest())
                    .put("decision", decision.name().toLowerCase(Locale.ROOT));
            store.write(all);
        }
    }

    private static String file(McpServerConfig server) {
        return String.valueOf(server.file());
    }
}
