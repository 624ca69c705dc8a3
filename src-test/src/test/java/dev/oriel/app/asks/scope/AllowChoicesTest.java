package dev.oriel.app.asks.scope;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.PlanComment;
import dev.oriel.message.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowChoicesTest {
    private static List<AllowChoice> of(String suggestions) {
        return AllowChoices.of(json("{'permission_suggestions':[" + suggestions + "]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'toolName':'Bash','ruleContent':'git diff:*'} | Bash(git diff:*)",
                "{'toolName':'mcp__board__add'}                 | mcp__board__add",
                "{'toolName':'Read','ruleContent':'//etc/**'}   | Read(//etc/**)",
                "{'toolName':'Bash','ruleContent':'a (b)'}      | Bash(a \\(b\\))",
                "{'toolName':'Bash','ruleContent':''}           | Bash",
            })
    void aRuleIsShownAsItIsSavedInEveryScope(String rule, String saved) {
        List<AllowChoice> choices =
                of(
                        "{'type':'addRules','behavior':'allow','destination':'localSettings',"
                                + "'rules':["
                                + rule
                                + "]}");
        assertThat(choices).extracting(AllowChoice::scope).containsExactly(RuleScope.values());
        assertThat(choices).allSatisfy(c -> assertThat(c.saved()).containsExactly(saved));
        assertThat(choices)
                .extracting(c -> c.updates().getFirst().path("destination").asText())
                .containsExactly("session", "localSettings", "projectSettings", "userSettings");
        assertThat(choices)
                .extracting(c -> c.scope().file())
                .containsExactly(
                        "not saved to a file",
                        ".claude/settings.local.json",
                        ".claude/settings.json",
                        "~/.claude/settings.json");
    }

    @Test
    void allRulesOfACompoundCommandAreOneChoice() {
        List<AllowChoice> choices =
                of(
                        "{'type':'addRules','behavior':'allow','rules':["
                                + "{'toolName':'Bash','ruleContent':'a'},"
                                + "{'toolName':'Bash','ruleContent':'b'},"
                                + "{'toolName':'Bash','ruleContent':'a'}]}");
        assertThat(choices.getFirst().saved()).containsExactly("Bash(a)", "Bash(b)");
    }

    @Test
    void aModeAndFoldersThatBelongTogetherAreOneChoice() {
        List<AllowChoice> choices =
                of(
                        "{'type':'setMode','mode':'acceptEdits','destination':'session'},"
                                + "{'type':'addDirectories','directories':['/x'],"
                                + "'destination':'session'}");
        assertThat(choices).hasSize(1);
        assertThat(choices.getFirst().title())
                .isEqualTo("Allow, and accept edits and work in one more folder in this session");
        assertThat(choices.getFirst().saved()).containsExactly("mode acceptEdits", "folder /x");
        assertThat(choices.getFirst().updates()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'setMode','mode':'bypassPermissions','destination':'session'}",
                "{'type':'setMode','mode':'dontAsk','destination':'userSettings'}",
                "{'type':'addRules','behavior':'deny','rules':[{'toolName':'Bash'}]}",
                "{'type':'removeRules','behavior':'allow','rules':[{'toolName':'Bash'}]}",
                "{'type':'replaceRules','behavior':'allow','rules':[{'toolName':'Bash'}]}",
                "{'type':'addRules','behavior':'allow','rules':'all'}",
                "{'type':'addRules','behavior':'allow','rules':[{'toolName':7},{'toolName':' '}]}",
                "{'type':'addDirectories','directories':[]}",
                "17",
            })
    void whatWouldGoFurtherOrMakesNoSenseIsNotOffered(String suggestion) {
        // A number as the name of a tool is read as text.
        assertThat(of(suggestion))
                .noneMatch(c -> c.saved().stream().anyMatch(s -> s.isBlank()))
                .noneMatch(c -> c.toString().contains("bypass") || c.toString().contains("deny"));
    }

    @Test
    void aSuggestionThatMustNotBeSavedIsNotOffered() {
        ObjectNode request = Json.object().put("suppress_always_allow_rule", true);
        ArrayNode all = request.putArray("permission_suggestions");
        all.add(json("{'type':'addRules','behavior':'allow','rules':[{'toolName':'Bash'}]}"));
        assertThat(AllowChoices.of(request)).isEmpty();
    }

    @Test
    void aHostileSuggestionIsReadWithinBounds() {
        ObjectNode request = Json.object();
        ObjectNode update = request.putArray("permission_suggestions").addObject();
        update.put("type", "addRules").put("behavior", "allow");
        ArrayNode rules = update.putArray("rules");
        for (int i = 0; i < 5_000; i++) {
            rules.addObject().put("toolName", "T" + i);
        }
        assertThat(AllowChoices.of(request).getFirst().saved()).hasSize(50);
    }

    @Test
    void commentsQuoteWhatTheyAreAbout() {
        assertThat(
                        PlanComment.message(
                                List.of(
                                        new PlanComment("- the door\n- the wall", "Blue."),
                                        new PlanComment("Test it", " Later ")),
                                " And hurry. "))
                .isEqualTo(
                        "The plan needs changes. Comments on parts of it:\n\n> - the door\n>"
                                + " - the wall\nBlue.\n\n> Test it\nLater\n\nAnd hurry.");
        assertThat(PlanComment.message(List.of(), "No")).isEqualTo("No");
        assertThat(PlanComment.message(List.of(), " ")).isEmpty();
    }
}
