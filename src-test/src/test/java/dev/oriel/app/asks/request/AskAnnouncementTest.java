package dev.oriel.app.asks.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import dev.oriel.platform.OperatingSystem;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The sentences by which asks are announced to screen readers.
class AskAnnouncementTest {
    private static String said(String request, OperatingSystem system) throws Exception {
        Message message =
                Message.parse(
                        "{\"type\":\"control_request\",\"request_id\":\"1\",\"request\":"
                                + request
                                + "}");
        return AskAnnouncement.of(Objects.requireNonNull(Ask.of(message)), system);
    }

    @Test
    void trustingAFolderIsNotAnnouncedAsOnce() throws Exception {
        String said =
                said(
                        "{\"subtype\":\"oriel_trust\",\"folder\":\"/home/you/x\","
                            + "\"items\":[{\"file\":\".mcp.json\",\"kind\":\"mcp\",\"text\":\"npx_y\"}]}",
                        OperatingSystem.LINUX);
        assertThat(said)
                .isEqualTo(
                        "Oriel asks: Trust this folder? These would run without asking you:"
                                + " /home/you/x, .mcp.json, npx_y. Alt Y trusts the folder, Alt N"
                                + " leaves it for now.");
    }

    @Test
    void theKeysOfTheOperatingSystemAreNamed() throws Exception {
        String bash =
                "{\"subtype\":\"can_use_tool\",\"tool_name\":\"Bash\",\"input\":{\"command\":\"ls\"}}";
        assertThat(said(bash, OperatingSystem.MACOS))
                .isEqualTo(
                        "Claude asks: Run this command? ls. Cmd Option Y allows it once, Cmd"
                                + " Option N denies it.");
        assertThat(said(bash, OperatingSystem.LINUX))
                .endsWith("Alt Y allows it once, Alt N denies it.");
    }

    @Test
    void aFormNamesTheKeysThatDeclineAndCancel() throws Exception {
        assertThat(
                        said(
                                "{\"subtype\":\"elicitation\",\"mcp_server_name\":\"s_t\",\"message\":\"Which?\"}",
                                OperatingSystem.LINUX))
                .isEqualTo(
                        "The MCP server s_t asks: Which? Alt N declines, Escape leaves it without"
                                + " an answer.");
    }
}
