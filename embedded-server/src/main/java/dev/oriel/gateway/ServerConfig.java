package dev.oriel.gateway;

import dev.oriel.agent.AgentProvider;
import dev.oriel.session.api.SessionPolicy;
import java.nio.file.Path;
import java.util.List;

/// The configuration of a server.
///
/// @param program the program that this server is part of, [#SERVER] or [#WINDOW]. `GET /health`
///   reports it, so that another program that wants the same port can name it
/// @param host address or name to listen on
/// @param port 0 to 65535; 0 lets the system choose
/// @param dataDir folder of the journal; created if it does not exist
/// @param dialectPorts ports in addition to the main one
/// @param dialects settings of single dialects
/// @param agents the kinds of agents, the default one first
public record ServerConfig(
        String program,
        String host,
        int port,
        Path dataDir,
        AccessSettings access,
        List<DialectPort> dialectPorts,
        DialectSettings dialects,
        List<AgentProvider> agents,
        SessionPolicy policy,
        ServerLimits limits) {

    /// The port that a server listens on by default.
    public static final int STANDARD_PORT = 6743;

    /// A server that is a program of its own.
    public static final String SERVER = "oriel-server";

    /// The server of a window.
    public static final String WINDOW = "oriel";

    public ServerConfig {
        dialectPorts = List.copyOf(dialectPorts);
        agents = List.copyOf(agents);
    }

    /// On loopback, with a token, in a data folder.
    public static ServerConfig defaults(Path dataDir, List<AgentProvider> agents) {
        return new ServerConfig(
                SERVER,
                "127.0.0.1",
                STANDARD_PORT,
                dataDir,
                AccessSettings.withToken(dataDir.resolve("token")),
                List.of(),
                DialectSettings.defaults(),
                agents,
                SessionPolicy.defaults(),
                ServerLimits.defaults());
    }

    public ServerConfig withProgram(String other) {
        return new ServerConfig(
                other, host, port, dataDir, access, dialectPorts, dialects, agents, policy, limits);
    }

    public ServerConfig withHost(String other) {
        return new ServerConfig(
                program,
                other,
                port,
                dataDir,
                access,
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
                access,
                dialectPorts,
                dialects,
                agents,
                policy,
                limits);
    }

    public ServerConfig withAccess(AccessSettings other) {
        return new ServerConfig(
                program,
                host,
                port,
                dataDir,
                other,
                dialectPorts,
                dialects,
                agents,
                policy,
                limits);
    }

    public ServerConfig withDialectPorts(List<DialectPort> other) {
        return new ServerConfig(
                program, host, port, dataDir, access, other, dialects, agents, policy, limits);
    }

    public ServerConfig withDialects(DialectSettings other) {
        return new ServerConfig(
                program, host, port, dataDir, access, dialectPorts, other, agents, policy, limits);
    }

    public ServerConfig withPolicy(SessionPolicy other) {
        return new ServerConfig(
                program,
                host,
                port,
                dataDir,
                access,
                dialectPorts,
                dialects,
                agents,
                other,
                limits);
    }

    public ServerConfig withLimits(ServerLimits other) {
        return new ServerConfig(
                program,
                host,
                port,
                dataDir,
                access,
                dialectPorts,
                dialects,
                agents,
                policy,
                other);
    }
}
