package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.testing.server.OrielProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start of the server does not pay for.
class StartClassesProcessTest {
    @TempDir private Path folder;

    @Test
    void theSdkIsNotLoadedBeforeASessionNeedsIt() throws Exception {
        assumeTrue(OrielProcess.isBuilt(), "skipped: oriel-server.jar is not built");
        Path log = folder.resolve("classes.log");
        try (OrielProcess server =
                OrielProcess.start(
                        Map.of(
                                "JAVA_TOOL_OPTIONS",
                                "-Xlog:class+load:file=" + log,
                                "ANTHROPIC_API_KEY",
                                "sk-ant-canary"),
                        "serve",
                        "--agent",
                        "api",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString())) {
            assertThat(server.port()).isPositive();
            assertThat(Files.readString(log))
                    .contains("dev.oriel.serve.OrielServer ")
                    .doesNotContain(
                            " com.anthropic.",
                            " kotlin.",
                            " io.opentelemetry.",
                            " com.sun.jna.",
                            " dev.oriel.agent.api.wire.Sdk");
        }
    }
}
