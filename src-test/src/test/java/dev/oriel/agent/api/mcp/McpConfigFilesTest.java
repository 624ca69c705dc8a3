package dev.oriel.agent.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McpConfigFilesTest {
    @TempDir Path top;
    private Path home;
    private Path folder;
    private McpConfigFiles files;

    @BeforeEach
    void folders() throws Exception {
        home = Files.createDirectories(top.resolve("home"));
        folder = Files.createDirectories(top.resolve("work/project"));
        files = new McpConfigFiles(home, top.resolve("data"), Map.of("KEY", "v1"));
    }

    private static void write(Path file, String json) throws Exception {
        Files.writeString(file, json.replace('\'', '"'));
    }

    private static List<String> names(List<McpServerConfig> servers) {
        return servers.stream().map(s -> s.name() + " " + s.scope() + " " + command(s)).toList();
    }

    private static String command(McpServerConfig server) {
        return switch (server.way()) {
            case McpServerConfig.Stdio stdio -> stdio.command();
            case McpServerConfig.Http http -> http.url();
            case McpServerConfig.Client _ -> "";
        };
    }

    @Test
    void theNearestConfigurationOfANameCounts() throws Exception {
        write(
                home.resolve(".claude.json"),
                "{'mcpServers':{'a':{'command':'user'},'d':{'command':'user'}},'projects':{'"
                        + folder.toString().replace("\\", "\\\\")
                        + "':{'mcpServers':{'a':{'command':'local'}}}}}");
        write(
                folder.resolve(".mcp.json"),
                "{'mcpServers':{'a':{'command':'project'},'b':{'command':'project'}}}");
        write(
                folder.resolve("../.mcp.json").normalize(),
                "{'mcpServers':{'b':{'command':'parent'},'c':{'url':'https://c.example'}}}");

        Files.createDirectories(top.resolve("data"));
        write(
                top.resolve("data/mcp.json"),
                "{'mcpServers':{'d':{'command':'oriel'},'a':{'command':'oriel'}}}");

        assertThat(names(files.read(folder, true)))
                .containsExactly(
                        "a local local",
                        "b project project",
                        "c project https://c.example",
                        "d user oriel");
        assertThat(names(files.read(folder, false)))
                .containsExactly("a local local", "d user oriel");
    }

    @Test
    void variablesAreReplaced() {
        assertThat(files.expand("${KEY} ${NONE:-x} ${NONE} ${NONE:-} $KEY"))
                .isEqualTo("v1 x ${NONE}  $KEY");
    }

    @Test
    void otherFormsAreLeftOut() throws Exception {
        List<McpServerConfig> servers =
                files.named(
                        Json.parseStored(
                                "{\"a\":{\"type\":\"ws\",\"url\":\"ws://x\"},\"b\":7,\"c\":{},"
                                        + "\"d\":{\"type\":\"sse\",\"url\":\"https://d\","
                                        + "\"timeout\":5000,\"headers\":{\"X\":\"${KEY}\"}}}"));

        assertThat(servers).hasSize(1);
        assertThat(servers.getFirst().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(servers.getFirst().way())
                .isEqualTo(new McpServerConfig.Http("https://d", Map.of("X", "v1"), true));
        assertThat(servers.getFirst().toString()).doesNotContain("v1");
        assertThat(servers.getFirst().toJson().toString()).doesNotContain("v1");
    }

    @Test
    void aBrokenFileIsAsNone() throws Exception {
        write(folder.resolve(".mcp.json"), "{'mcpServers':");

        assertThat(files.read(folder, true)).isEmpty();
    }
}
