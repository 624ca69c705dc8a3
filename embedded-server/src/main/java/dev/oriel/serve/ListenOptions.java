package dev.oriel.serve;

import dev.oriel.gateway.DialectFactory;
import dev.oriel.gateway.DialectPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// The options for additional ports.
final class ListenOptions {
    private static final String ENHANCED = "enhanced";

    @Option(
            names = "--listen",
            paramLabel = "DIALECT=[HOST:]PORT",
            description =
                    "Serves one dialect on a port of its own, at the paths of its original"
                            + " system. Repeatable.")
    private List<String> listen = List.of();

    @Option(
            names = "--classic",
            description =
                    "Serves every dialect of another system on the port of that system, unless"
                            + " --listen sets one.")
    private boolean classic;

    /// The additional ports.
    ///
    /// @param defaultHost if none is given
    /// @param environment `WEBSOCKET_HOST` and `WEBSOCKET_PORT` are those of the enhanced system
    /// @param manager has the port of the manager system
    /// @param exception creates the exception for an invalid value from a sentence
    List<DialectPort> ports(
            String defaultHost,
            Map<String, String> environment,
            ManagerEnvironment manager,
            Function<String, ? extends RuntimeException> exception) {
        List<DialectPort> ports = new ArrayList<>();
        for (String text : listen) {
            ports.add(ListenValue.parse(text, defaultHost, exception));
        }
        if (classic) {
            for (String name : DialectFactory.NAMES) {
                Integer port = DialectFactory.classicPort(name);
                if (port != null && ports.stream().noneMatch(p -> p.dialect().equals(name))) {
                    ports.add(
                            switch (name) {
                                case ENHANCED ->
                                        enhanced(defaultHost, port, environment, exception);
                                case "manager" -> manager.classicPort(defaultHost, port);
                                default -> new DialectPort(name, defaultHost, port);
                            });
                }
            }
        }
        return List.copyOf(ports);
    }

    private static DialectPort enhanced(
            String defaultHost,
            int defaultPort,
            Map<String, String> environment,
            Function<String, ? extends RuntimeException> exception) {
        return new DialectPort(
                ENHANCED,
                environment.getOrDefault("WEBSOCKET_HOST", defaultHost),
                EnvironmentNumbers.read(
                        environment, "WEBSOCKET_PORT", defaultPort, 0, 65_535, exception));
    }
}
