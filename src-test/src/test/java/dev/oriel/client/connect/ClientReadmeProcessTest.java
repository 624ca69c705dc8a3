package dev.oriel.client.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.testing.process.ExternalProgram;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of `embedded-server/client/README.md`, compiled and run as it stands there.
class ClientReadmeProcessTest {
    private static final Path README = Path.of("../embedded-server/client/README.md");
    private static final String BEGIN = "```java\n";

    @TempDir private Path folder;

    private static String example() throws Exception {
        String text = Files.readString(README);
        int start = text.indexOf(BEGIN) + BEGIN.length();
        return text.substring(start, text.indexOf("```", start));
    }

    @Test
    void theExampleHasFifteenLines() throws Exception {
        assertThat(example().lines().filter(line -> !line.isBlank()).count())
                .isLessThanOrEqualTo(15);
    }

    @Test
    void theExamplePrintsTheAnswerOfARealServer() throws Exception {
        Path program = Files.writeString(folder.resolve("Example.java"), example());
        try (RunningServer server =
                RunningServer.in(folder.resolve("server"), new DemoProvider())) {
            List<String> line =
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            program.toString(),
                            server.server().url(),
                            server.server().token());
            ExternalProgram.Result result = ExternalProgram.run(line, "").orElseThrow();
            assertThat(result.code()).as(result.out()).isZero();
            assertThat(result.out()).contains("demo");
        }
    }
}
