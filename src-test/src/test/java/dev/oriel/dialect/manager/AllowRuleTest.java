package dev.oriel.dialect.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A rule never allows more than it says.
class AllowRuleTest {
    @TempDir Path folder;

    private static JsonNode json(String text) throws Exception {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }

    private static AllowRule pattern(String tool, String pattern) throws Exception {
        return AllowRule.parse(
                json("{'tool':'%s','match_mode':'pattern','pattern':%s}".formatted(tool, pattern)));
    }

    private boolean allowsFile(String directory, String file) throws Exception {
        JsonNode input = Json.object().put("file_path", file);
        return pattern("Read", "{'directory_path':'" + directory + "'}")
                .allows("Read", input, folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "npm~npm~true",
                "npm~npm test~true",
                "npm test~npm test --watch~true",
                "npm~ npm test ~true",
                "npm~npmx~false",
                "npm~echo npm~false",
                "npm~npm test; rm -rf /~false",
                "npm~npm test && rm x~false",
                "npm~npm test | sh~false",
                "npm~npm $(rm x)~false",
                "npm~npm `rm x`~false",
                "npm~npm > file~false",
                "npm~npm \\ x~false",
                "*~anything; at all~true",
            })
    void aPrefixAllowsOnePlainCommandOnly(String prefix, String command, boolean allowed)
            throws Exception {
        AllowRule rule =
                AllowRule.parse(
                        Json.object()
                                .put("tool", "Bash")
                                .put("match_mode", "pattern")
                                .set("pattern", Json.object().put("command_prefix", prefix)));
        assertThat(rule.allows("Bash", Json.object().put("command", command), null))
                .isEqualTo(allowed);
    }

    @Test
    void aSecondLineIsAnotherCommand() throws Exception {
        JsonNode input = Json.object().put("command", "npm test\nrm x");
        assertThat(pattern("Bash", "{'command_prefix':'npm'}").allows("Bash", input, null))
                .isFalse();
    }

    @Test
    void aDirectoryContainsItsFilesAndNoOthers() throws Exception {
        Files.createDirectories(folder.resolve("src"));
        assertThat(allowsFile("src", "src/New.java")).isTrue();
        assertThat(allowsFile("src", "src")).isTrue();
        assertThat(allowsFile("src", folder.resolve("src/deep/er/New.java").toString())).isTrue();
        assertThat(allowsFile("src", "src-other/New.java")).isFalse();
        assertThat(allowsFile("src", "src/../secret")).isFalse();
        assertThat(allowsFile("src", "")).isFalse();
        assertThat(allowsFile("/**", "/etc/passwd")).isTrue();
    }

    @Test
    void aLinkInADirectoryDoesNotLeadOutOfIt() throws Exception {
        Path source = Files.createDirectories(folder.resolve("src"));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(source.resolve("link"), outside);
        assertThat(allowsFile("src", "src/link/secret")).isFalse();
        assertThat(allowsFile("outside", "src/link/secret")).isTrue();
    }

    @Test
    void anExactRuleAllowsTheSameParametersOnly() throws Exception {
        AllowRule rule =
                AllowRule.parse(
                        json("{'tool':'Bash','match_mode':'exact','parameters':{'command':'ls'}}"));
        assertThat(rule.allows("Bash", json("{'command':'ls'}"), null)).isTrue();
        assertThat(rule.allows("Bash", json("{'command':'ls','timeout':1}"), null)).isFalse();
        assertThat(rule.allows("Read", json("{'command':'ls'}"), null)).isFalse();
    }

    @Test
    void aRuleForATaskHoldsUnderItsNewName() throws Exception {
        AllowRule rule =
                AllowRule.parse(json("{'tool':'Task','match_mode':'exact','parameters':{}}"));
        assertThat(rule.allows("Agent", Json.object(), null)).isTrue();
    }

    @Test
    void aPatternHasNoMeaningForOtherTools() throws Exception {
        AllowRule rule = pattern("WebFetch", "{'command_prefix':'*'}");
        assertThat(rule.allows("WebFetch", json("{'url':'http://x'}"), null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'tool':'Bash'}",
                "{'tool':'','match_mode':'exact','parameters':{}}",
                "{'tool':'Bash','match_mode':'exact'}",
                "{'tool':'Bash','match_mode':'pattern','pattern':{}}",
                "{'tool':'Bash','match_mode':'pattern','pattern':{'command_prefix':' '}}",
                "{'tool':'Bash','match_mode':'all','pattern':{'command_prefix':'*'}}",
            })
    void aRuleThatWouldAllowNothingIsRefused(String rule) {
        assertThatThrownBy(() -> AllowRule.parse(json(rule)))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageStartingWith("Failed to add always-allow rule: ");
    }

    @Test
    void eachRuleHasAnIdAndTheMembersThatAreKnown() throws Exception {
        AllowRule rule =
                AllowRule.parse(
                        json(
                                "{'tool':'Bash','match_mode':'exact','parameters':{},'id':'mine',"
                                        + "'description':'d','other':1}"));
        assertThat(rule.toJson().path("id").asText()).isEqualTo(rule.id().toString());
        assertThat(rule.toJson().has("other")).isFalse();
        assertThat(rule.toJson().path("description").asText()).isEqualTo("d");
    }
}
