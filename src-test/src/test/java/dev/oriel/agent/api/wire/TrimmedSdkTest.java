package dev.oriel.agent.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClientImpl;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.testing.api.CannedHttpServer;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jar with the reachable part of the SDK. The other tests of this package run the ways in
/// which it is used; here is shown that they run on that jar alone.
class TrimmedSdkTest {
    @Test
    void theClassPathHasNoOtherCopyOfTheSdkAndOfWhatItNeeds() throws IOException {
        String jar =
                AnthropicClientImpl.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString();
        for (String name :
                List.of(
                        "com/anthropic/client/AnthropicClientImpl.class",
                        "kotlin/Unit.class",
                        "io/opentelemetry/context/Context.class",
                        "com/fasterxml/jackson/module/kotlin/KotlinModule.class")) {
            List<URL> found =
                    Collections.list(TrimmedSdkTest.class.getClassLoader().getResources(name));
            assertThat(found).as(name).hasSize(1);
            assertThat(found.getFirst().toString()).contains(jar);
        }
        for (String cut :
                List.of(
                        "com/anthropic/services/blocking/beta/MessageServiceImpl.class",
                        "okhttp3/OkHttpClient.class",
                        "kotlin/reflect/jvm/internal/impl/name/Name.class")) {
            assertThat(TrimmedSdkTest.class.getClassLoader().getResource(cut)).as(cut).isNull();
        }
    }

    @Test
    void theJarIsSmallAndHasTheLicences() throws Exception {
        Path jar =
                Path.of(
                        AnthropicClientImpl.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        assertThat(Files.size(jar)).isLessThan(9_000_000);
        for (String licence :
                List.of(
                        "anthropic-java-core-licenses-anthropic-java-core-LICENSE",
                        "jackson-module-kotlin-LICENSE")) {
            assertThat(
                            TrimmedSdkTest.class
                                    .getClassLoader()
                                    .getResource("META-INF/LICENSE-" + licence))
                    .as(licence)
                    .isNotNull();
        }
    }

    /// With the trimmed jar and what the product ships, in a process of its own: nothing is
    /// missing.
    @Test
    void allWaysOfUseRunOnTheProductsJarsAlone(@TempDir Path folder) throws Exception {
        String program = TrimmedSdkProgram.class.getName().replace('.', '/');
        for (String name : List.of(".class", "$1.class")) {
            Path copy = folder.resolve(program + name);
            Files.createDirectories(copy.getParent());
            try (InputStream in = TrimmedSdkTest.class.getResourceAsStream("/" + program + name)) {
                Files.copy(Objects.requireNonNull(in, name), copy);
            }
        }
        try (FakeMessagesApi server = FakeMessagesApi.start().strict().models("large", "small")) {
            FakeReply text = FakeReply.text("Hello");
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    folder + File.pathSeparator + productPath(),
                                    TrimmedSdkProgram.class.getName(),
                                    server.url()));
            List<String> expected = new ArrayList<>(List.of("models 2"));
            for (int status :
                    new int[] {
                        204, 301, 400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503,
                        504, 529
                    }) {
                server.enqueue(FakeReply.failure(status, "some_error", "Words"));
                command.add(String.valueOf(status));
                expected.add("status " + status);
            }
            server.enqueue(text);
            expected.add("streamed " + text.eventCount());
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output.lines()).containsExactlyElementsOf(expected);
            assertThat(server.problems()).isEmpty();
        }
    }

    /// The class path without what only tests have.
    private static String productPath() {
        Pattern ofTests =
                Pattern.compile(
                        "test-classes|src-test|junit|assertj|awaitility|testfx|playwright|archunit"
                                + "|hamcrest|byte-buddy|opentest4j|apiguardian|HdrHistogram|console"
                                + "|javafx|openjfx");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !ofTests.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void modelsAreListed() throws Exception {
        try (CannedHttpServer server = CannedHttpServer.messagesApi("large", "small");
                MessagesApi api = WireSamples.api(server.url() + "/gateway/")) {
            server.on("/gateway/v1/models", 200, "{\"data\":[{\"id\":\"large\",\"x\":1}]}");
            assertThat(api.models(new CancelScope()))
                    .singleElement()
                    .hasToString("{\"id\":\"large\",\"x\":1}");
            assertThat(server.requests().getFirst().headers())
                    .containsEntry("x-api-key", WireSamples.KEY)
                    .containsEntry("x-team", "blue")
                    .containsEntry("x-gateway-key", "gateway-canary")
                    .containsEntry("anthropic-version", "2023-06-01");
        }
    }
}
