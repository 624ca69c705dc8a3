package dev.oriel.agent.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClientImpl;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.testing.api.CannedHttpServer;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

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
