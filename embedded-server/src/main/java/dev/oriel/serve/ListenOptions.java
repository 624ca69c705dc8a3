package dev.oriel.serve;

import dev.oriel.gateway.DialectFactory;
import dev.oriel.gateway.DialectPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// The ports beside the main one.
final class ListenOptions {
    private static final String ENHANCED = "enhanced";

    @Option(
            names = "--listen",
            paramLabel = "DIALECT=[HOST:]PORT",
            description =
                    "Serves one dialect on a port of its own, at the paths that its system's"
                            + " clients know. Repeatable.")
    private List<String> listen = List.of();

    @Option(
            names = "--classic",
            description =
                    "Serves every dialect of another system on that system's own port, unless"
                            + " --listen gives it one.")
    private boolean classic;

    /// @param standardHost where no host is given
    /// @param environment `WEBSOCKET_HOST` and `WEBSOCKET_PORT` say where the enhanced system's
    ///   classic port is
    /// @param manager says where the manager system's is
    /// @param refusal makes the exception for a sentence on what is wrong
    List<DialectPort> ports(
            String standardHost,
            Map<String, String> environment,
            ManagerEnvironment manager,
            Function<String, ? extends RuntimeException> refusal) {
        List<DialectPort> ports = new ArrayList<>();
        for (String text : listen) {
            ports.add(ListenValue.parse(text, standardHost, refusal));
        }
        if (classic) {
            for (String name : DialectFactory.NAMES) {
                Integer port = DialectFactory.classicPort(name);
                if (port != null && ports.stream().noneMatch(p -> p.dialect().equals(name))) {
                    ports.add(
                            switch (name) {
                                case ENHANCED -> enhanced(standardHost, port, environment, refusal);
                                case "manager" -> manager.classicPort(standardHost, port);
                                default -> new DialectPort(name, standardHost, port);
                            });
                }
            }
        }
        return List.copyOf(ports);
    }

    private static DialectPort enhanced(
            String standardHost,
            int standardPort,
            Map<String, String> environment,
            Function<String, ? extends RuntimeException> refusal) {
        return new DialectPort(
                ENHANCED,
                environment.getOrDefault("WEBSOCKET_HOST", standardHost),
                EnvironmentNumbers.read(
                        environment, "WEBSOCKET_PORT", standardPort, 0, 65_535, refusal));
    }
}
