package dev.oriel.account.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.account.Account;
import dev.oriel.account.check.CheckRequests.Reply;
import dev.oriel.account.check.CheckResult.Model;
import dev.oriel.client.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Looks for programs on this computer that run models, at their usual ports. It connects to these
/// ports, so it is only used when the user asks for it. Sends no key; a server counts only if its
/// replies have the form of that program's.
public final class LocalServers {
    private static final int CONNECT_MILLIS = 150;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final List<String> HOSTS = List.of("127.0.0.1", "[::1]");

    private final ToIntFunction<LocalProgram> ports;

    public LocalServers() {
        this(LocalProgram::port);
    }

    /// @param ports where the programs listen; 0 for nowhere
    public LocalServers(ToIntFunction<LocalProgram> ports) {
        this.ports = ports;
    }

    /// Looks for all programs at the same time. Blocks for about a second at most.
    public List<FoundServer> find() throws InterruptedException {
        List<Callable<@Nullable FoundServer>> probes = new ArrayList<>();
        for (LocalProgram program : LocalProgram.values()) {
            if (ports.applyAsInt(program) != 0) {
                probes.add(() -> probe(program));
            }
        }
        List<FoundServer> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<@Nullable FoundServer> each : threads.invokeAll(probes)) {
                FoundServer server = each.get();
                if (server != null) {
                    found.add(server);
                }
            }
        } catch (ExecutionException e) {
            LoggerFactory.getLogger(LocalServers.class)
                    .warn("A local server was not recognised", e.getCause());
        }
        return found;
    }

    private @Nullable FoundServer probe(LocalProgram program) throws InterruptedException {
        for (String host : HOSTS) {
            int port = ports.applyAsInt(program);
            if (accepts(host, port)) {
                URI address = URI.create("http://" + host + ":" + port);
                try (CheckRequests requests = requests(address)) {
                    FoundServer found = identify(program, address, requests);
                    if (found != null) {
                        return found;
                    }
                } catch (IOException _) {
                    // Another program listens there, which is none of ours.
                }
            }
        }
        return null;
    }

    private static boolean accepts(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static CheckRequests requests(URI address) {
        Account nobody =
                new Account(
                        "local",
                        "",
                        Account.Kind.LOCAL,
                        address,
                        Account.Auth.NONE,
                        Map.of(),
                        null,
                        List.of());
        return new CheckRequests(nobody, Map.of(), TIMEOUT, Transport.plaintext());
    }

    private static @Nullable FoundServer identify(
            LocalProgram program, URI address, CheckRequests requests)
            throws IOException, InterruptedException {
        return switch (program) {
            case OLLAMA -> {
                String version = requests.get("/api/version").json().path("version").textValue();
                JsonNode models = requests.get("/api/tags").json().path("models");
                yield version == null || !models.isArray()
                        ? null
                        : found(program, address, version, models(models, "name"));
            }
            case LM_STUDIO -> {
                Reply own = requests.get("/api/v0/models");
                JsonNode models = own.isOk() ? own.json() : requests.get("/v1/models").json();
                yield models.path("object").asText().equals("list") && models.path("data").isArray()
                        ? found(program, address, null, models(models.path("data"), "id"))
                        : null;
            }
            case LLAMA_CPP -> {
                JsonNode properties = requests.get("/props").json();
                boolean isIt =
                        properties.has("default_generation_settings")
                                || properties.has("build_info");
                yield isIt
                        ? found(
                                program,
                                address,
                                properties.path("build_info").textValue(),
                                models(requests.get("/v1/models").json().path("data"), "id"))
                        : null;
            }
            case VLLM -> {
                String version = requests.get("/version").json().path("version").textValue();
                JsonNode models = requests.get("/v1/models").json().path("data");
                yield version != null
                                && models.isArray()
                                && models.path(0).path("owned_by").asText("vllm").equals("vllm")
                        ? found(program, address, version, models(models, "id"))
                        : null;
            }
        };
    }

    private static FoundServer found(
            LocalProgram program, URI address, @Nullable String version, List<Model> models) {
        return new FoundServer(program, address.toString(), version, models);
    }

    /// Without models that only make vectors of texts.
    private static List<Model> models(JsonNode array, String member) {
        List<Model> models = new ArrayList<>();
        for (JsonNode m : array) {
            String id = m.path(member).asText("");
            if (!id.isEmpty() && !m.path("type").asText().equals("embeddings")) {
                models.add(new Model(id, id));
            }
        }
        return models;
    }
}
