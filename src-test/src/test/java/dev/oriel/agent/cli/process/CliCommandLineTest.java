package dev.oriel.agent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentLaunch.Conversation.Branched;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.AgentLaunch.Conversation.Resumed;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentOptions.SystemPrompt;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.AgentUnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliCommandLineTest {
    private static final UUID ID = UUID.fromString("01234567-89ab-4cde-8f01-23456789abcd");

    private static CliCommandLine line(String model, String mode, boolean allowBypass)
            throws AgentUnavailableException {
        return CliCommandLine.of(
                Path.of("/opt/claude"),
                new AgentLaunch(new Fresh(ID), Path.of("/tmp"), model, mode),
                allowBypass);
    }

    @Test
    void aNewConversationHasItsIdPartialMessagesAndAsks() throws Exception {
        assertThat(line(null, null, false).forConversation(new Fresh(ID)))
                .containsExactly(
                        "/opt/claude",
                        "--output-format",
                        "stream-json",
                        "--input-format",
                        "stream-json",
                        "--verbose",
                        "--include-partial-messages",
                        "--permission-prompt-tool",
                        "stdio",
                        "--session-id=" + ID);
    }

    @Test
    void hooksAreReportedIfTheCliCan() throws Exception {
        CliCommandLine line = line(null, null, false);
        assertThat(line.forConversation(new Fresh(ID), true)).endsWith("--include-hook-events");
        assertThat(line.forConversation(new Fresh(ID), false))
                .isEqualTo(line.forConversation(new Fresh(ID)));
        assertThat(
                        CliCommandLine.isWithoutHookEvents(
                                List.of("error: unknown option '--include-hook-events'")))
                .isTrue();
        assertThat(CliCommandLine.isWithoutHookEvents(List.of("error: unknown option '--x'")))
                .isFalse();
    }

    @Test
    void aBranchIsACopyThatEndsWithAMessage() throws Exception {
        UUID from = UUID.randomUUID();
        UUID after = UUID.randomUUID();

        assertThat(line(null, null, false).forConversation(new Branched(ID, from, after)))
                .endsWith(
                        "--resume=" + from,
                        "--fork-session",
                        "--session-id=" + ID,
                        "--resume-session-at=" + after);
    }

    @Test
    void aResumedConversationIsNamed() throws Exception {
        List<String> line = line("opus[1m]", "plan", false).forConversation(new Resumed(ID));

        assertThat(line).endsWith("--resume=" + ID, "--model=opus[1m]", "--permission-mode=plan");
        assertThat(line).noneMatch(a -> a.startsWith("--session-id"));
    }

    @Test
    void sessionsThatNeverAskNeedTheOperatorsPermission() throws Exception {
        assertThatThrownBy(() -> line(null, "bypassPermissions", false))
                .isInstanceOf(AgentUnavailableException.class);
        assertThat(line(null, "bypassPermissions", true).forConversation(new Fresh(ID)))
                .contains(
                        "--permission-mode=bypassPermissions",
                        "--allow-dangerously-skip-permissions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "x\" & calc", "%PATH%", "x\ny", "$(x)"})
    void modelsAndModesThatAShellCouldMisreadAreRefused(String text) {
        assertThatThrownBy(() -> line(text, null, false))
                .isInstanceOf(AgentUnavailableException.class);
        assertThatThrownBy(() -> line(null, text, false))
                .isInstanceOf(AgentUnavailableException.class);
    }

    private static CliCommandLine with(AgentOptions options) throws AgentUnavailableException {
        return CliCommandLine.of(
                Path.of("/opt/claude"),
                new AgentLaunch(
                        new Fresh(ID), Path.of("/tmp"), null, null, options, AgentSecrets.NONE),
                false);
    }

    @Test
    void toolsAndThinkingAreOptionsAndPromptsAreNot() throws Exception {
        AgentOptions options =
                AgentOptions.NONE
                        .withAllowedTools(List.of("Read", "Bash(git log:*)", "mcp__oriel__roll"))
                        .withTools(List.of("Read", "Bash"))
                        .withMaxThinkingTokens(8000)
                        .withSystemPrompt(new SystemPrompt.Replacement("Be secret."));

        assertThat(with(options).forConversation(new Fresh(ID)))
                .endsWith(
                        "--session-id=" + ID,
                        "--allowedTools=Read,Bash(git log:*),mcp__oriel__roll",
                        "--tools=Read,Bash",
                        "--max-thinking-tokens=8000")
                .noneMatch(a -> a.contains("secret"));
    }

    @Test
    void aRuleWithParenthesesThatTheCliWouldMisreadIsNotOnTheCommandLine() throws Exception {
        AgentOptions options =
                AgentOptions.NONE.withAllowedTools(
                        List.of("Read, Bash(git log:*)", "Bash(touch $(date) now)"));

        assertThat(with(options).forConversation(new Fresh(ID)))
                .contains("--allowedTools=Read,Bash(git log:*)");
        assertThat(
                        CliCommandLine.flagSettings(options)
                                .orElseThrow()
                                .at("/settings/permissions/allow"))
                .hasToString("[\"Bash(touch $(date) now)\"]");
        assertThat(CliCommandLine.flagSettings(AgentOptions.NONE)).isEmpty();
    }

    @Test
    void anEmptyListOfToolsDiffersFromAllTools() throws Exception {
        assertThat(with(AgentOptions.NONE.withTools(List.of())).forConversation(new Fresh(ID)))
                .contains("--tools=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "Read,--help", "Bash(a", "Bash a)", "Bash(a\nb)", "$(x)"})
    void aTextThatIsNotAToolIsRefused(String tool) {
        assertThatThrownBy(() -> with(AgentOptions.NONE.withAllowedTools(List.of(tool))))
                .isInstanceOf(AgentUnavailableException.class);
    }
}
