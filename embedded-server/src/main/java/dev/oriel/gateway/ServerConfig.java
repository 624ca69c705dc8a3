package dev.oriel.gateway;

import dev.oriel.agent.AgentProvider;
import dev.oriel.session.api.SessionPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// How a server is set up.
///
/// @param program which program this server is part of: [#SERVER] or [#WINDOW]; `GET /health` says
///   it, so that another program that wants the same port can name it
/// @param host address or name to listen on
/// @param port 0 to 65535; 0 lets the system choose
/// @param dataDir folder of the journal and the token; made if it is not there
/// @param tokenFile where the token stands; made if it is not there
/// @param needsToken whether clients must log in; false only where `host` is loopback
/// @param allowedHosts names by which clients may call the server, beside loopback's and `host`
/// @param allowedOrigins origins of web pages that may call, beside the server's own
/// @param dialectPorts ports beside the main one
/// @param dialects what single dialects are told
/// @param agents the kinds of agents, the default one first
public record ServerConfig(
        String program,
        String host,
        int port,
        Path dataDir,
        Path tokenFile,
        boolean needsToken,
        Set<String> allowedHosts,
        Set<String> allowedOrigins,
        List<DialectPort> dialectPorts,
        DialectSettings dialects,
        List<AgentProvider> agents,
        SessionPolicy policy,
        ServerLimits limits) {

    /// Where a server listens if nobody says otherwise.
    public static final int STANDARD_PORT = 6743;

    /// A server that runs by itself.
    public static final String SERVER = "oriel-server";

    /// The server of a window.
    public static final String WINDOW = "oriel";

    public ServerConfig {
        allowedHosts = Set.copyOf(allowedHosts);
        allowedOrigins = Set.copyOf(allowedOrigins);
        dialectPorts = List.copyOf(dialectPorts);
        agents = List.copyOf(agents);
    }

    /// On loopback, with a token, in a data folder.
    public static ServerConfig standard(Path dataDir, List<AgentProvider> agents) {
        return new ServerConfig(
                SERVER,
                "127.0.0.1",
                STANDARD_PORT,
                dataDir,
                dataDir.resolve("token"),
                true,
                Set.of(),
                Set.of(),
                List.of(),
                DialectSettings.standard(),
                agents,
                SessionPolicy.defaults(),
                ServerLimits.standard());
    }

    public ServerConfig withPolicy(SessionPolicy other) {
        return new ServerConfig(
                program,
                host,
                port,
                dataDir,
                tokenFile,
                needsToken,
                allowedHosts,
                allowedOrigins,
                dialectPorts,
                dialects,
                agents,
                other,
                limits);
    }

    public ServerConfig withProgram(String other) {
        return new ServerConfig(
                other,
                host,
                port,
                dataDir,
                tokenFile,
                needsToken,
                allowedHosts,
                allowedOrigins,
                dialectPorts,
                dialects,
                agents,
                policy,
                limits);
    }

    public ServerConfig withPort(int other) {
        return new ServerConfig(
                program,
                host,
                other,
                dataDir,
                tokenFile,
                needsToken,
                allowedHosts,
                allowedOrigins,
                dialectPorts,
                dialects,
                agents,
                policy,
                limits);
    }

    public ServerConfig withDialectPorts(List<DialectPort> ports) {
        return new ServerConfig(
                program,
                host,
                port,
                dataDir,
                tokenFile,
                needsToken,
                allowedHosts,
                allowedOrigins,
                ports,
                dialects,
                agents,
                policy,
                limits);
    }

    public ServerConfig withDialects(DialectSettings settings) {
        return new ServerConfig(
                program,
                host,
                port,
                dataDir,
                tokenFile,
                needsToken,
                allowedHosts,
                allowedOrigins,
                dialectPorts,
                settings,
                agents,
                policy,
                limits);
    }
}
