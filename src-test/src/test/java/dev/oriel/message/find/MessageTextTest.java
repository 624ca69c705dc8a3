package dev.oriel.message.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {
    private static String answer(String markdown) {
        var message = Json.object().put("type", MessageType.ASSISTANT);
        message.putObject("message")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", markdown.replace("⏎", "\n"));
        return MessageText.of(Message.of(message)).replace("\n", "⏎");
    }

    private static String text(String json) throws Exception {
        return MessageText.of(Message.parse(json)).replace("\n", "⏎");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            textBlock =
                    """
                    plain text → plain text⏎
                    **bold** and *em* and ~~gone~~ → bold and em and gone⏎
                    2 * 3 * 4 → 2 * 3 * 4⏎
                    snake_case_name and _em_ → snake_case_name and em⏎
                    one⏎two⏎⏎three → one two⏎three⏎
                    # Head #⏎text → Head⏎text⏎
                    - a⏎- [x] b⏎1. c → a⏎b⏎c⏎
                    > quoted⏎> more → quoted⏎more⏎
                    `a*b*c` and ``x`y`` → a*b*c and x`y⏎
                    [docs](https://x.y/(z)) here → docs here⏎
                    ![alt](a.png) → alt⏎
                    a [b] c → a [b] c⏎
                    \\*not em\\* → *not em*⏎
                    a &lt;b&gt; &amp;amp; &#65; &nope; → a <b> &amp; A &nope;⏎
                    <https://a.b> and <b>x</b> → https://a.b and <b>x</b>⏎
                    one<br>two → one⏎two⏎
                    ```java⏎int *a* = **b**;⏎```⏎end → int *a* = **b**;⏎end⏎
                    - ```⏎  x  ⏎  ```⏎- y → `  x  `⏎y⏎
                    | A | **B** |⏎|---|:-:|⏎| 1 | a\\|b | → A⏎B⏎1⏎a|b⏎
                    a⏎---⏎b → a⏎b⏎
                    unclosed **bold and `code → unclosed bold and `code⏎
                    """)
    void anAnswerIsReadWithoutTheMarksOfMarkdown(String markdown, String text) {
        assertThat(answer(markdown)).isEqualTo(text.replace("`  x  `", "  x  "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "`a", "*", "_a", "<", "&", "> ", "- ", "# ", "|", "\\", "](", "!["})
    void aMegabyteOfMarksTakesNoLongerThanText(String mark) {
        String text = answer(mark.repeat(300_000 / mark.length()));
        assertThat(text).isNotNull();
    }

    @Test
    void promptsToolsAndNoticesHaveTheTextThatIsShown() throws Exception {
        assertThat(text("{'type':'user','message':{'content':'**as** it is'}}".replace('\'', '"')))
                .isEqualTo("**as** it is⏎");
        assertThat(
                        text(
                                """
                                {"type":"assistant","message":{"content":[
                                  {"type":"thinking","thinking":"Hm *so*","signature":"SECRET"},
                                  {"type":"tool_use","id":"toolu_1","name":"Bash",
                                    "input":{"command":"ls -l","more":{"deep":["x"]}}}]}}\
                                """))
                .isEqualTo("Hm *so*⏎ls -l⏎x⏎");
        assertThat(
                        text(
                                """
                                {"type":"user","message":{"content":[{"type":"tool_result",
                                  "tool_use_id":"toolu_1","content":[{"type":"text","text":"out"},
                                  {"type":"image","source":{"type":"base64","data":"AAAA"}}]}]}}\
                                """))
                .isEqualTo("out⏎");
        assertThat(text("{\"type\":\"result\",\"errors\":[\"It broke\"],\"result\":\"again\"}"))
                .isEqualTo("It broke⏎");
        assertThat(text("{\"type\":\"system\",\"subtype\":\"informational\",\"content\":\"Note\"}"))
                .isEqualTo("Note⏎");
        assertThat(text("{\"type\":\"system\",\"subtype\":\"init\",\"text\":\"no\"}")).isEmpty();
    }

    @Test
    void theTextOfADocumentInTheResultOfAToolIsReadAsItIsShownThere() throws Exception {
        assertThat(
                        text(
                                """
                                {"type":"user","message":{"content":[{"type":"tool_result",
                                  "tool_use_id":"toolu_1","content":[{"type":"document","source":
                                    {"type":"text","media_type":"text/plain","data":"in it"}},
                                  {"type":"document","source":{"type":"base64","data":"AAAA"}},
                                  {"type":"text","data":"x","source":{"data":"BBBB"}}]}]}}\
                                """))
                .isEqualTo("in it⏎x⏎");
    }

    @Test
    void aPromptHasTheTextOfItsTextFilesButNoOtherContent() throws Exception {
        String prompt =
                """
                {"type":"user","message":{"content":[{"type":"text","text":"Why?"},
                  {"type":"document","source":{"type":"text","media_type":"text/plain",
                    "data":"one\\ntwo"},"title":"/src/notes.txt"},
                  {"type":"image","source":{"type":"base64","data":"AAAA"}},
                  {"type":"document","source":{"type":"url","url":"https://a.b/c.pdf"}}]}}\
                """;
        assertThat(text(prompt)).isEqualTo("Why?⏎one⏎two⏎");
        assertThat(MessageText.ofPrompt(Message.parse(prompt))).isEqualTo("Why?\n");
    }

    @Test
    void anEditHasTheChangedLinesOfItsResultOnce() throws Exception {
        assertThat(
                        text(
                                """
                                {"type":"assistant","message":{"content":[{"type":"tool_use",
                                  "name":"Edit","input":{"file_path":"/a","old_string":"x",
                                  "new_string":"y"}}]}}\
                                """))
                .isEqualTo("/a⏎");
        assertThat(
                        text(
                                """
                                {"type":"user","message":{"content":[{"type":"tool_result",
                                  "tool_use_id":"t","content":"The file was updated."}]},
                                  "tool_use_result":{"oldString":"x","structuredPatch":[
                                    {"oldStart":1,"lines":["-x","+y"," z",""]}]}}\
                                """))
                .isEqualTo("x⏎y⏎z⏎⏎");
    }

    @Test
    void aSubagentHasItsAnswersAndToolCallsButNeitherItsPromptNorItsThinking() throws Exception {
        assertThat(
                        text(
                                """
                                {"type":"assistant","parent_tool_use_id":"t","message":{"content":[
                                  {"type":"thinking","thinking":"Hm"},
                                  {"type":"text","text":"I **look**"},
                                  {"type":"tool_use","name":"Bash","input":{"command":"ls"}}]}}\
                                """))
                .isEqualTo("I look⏎ls⏎");
        assertThat(
                        text(
                                """
                                {"type":"user","parent_tool_use_id":"t","message":{"content":[
                                  {"type":"text","text":"the prompt"},
                                  {"type":"tool_result","tool_use_id":"u","content":"out"}]}}\
                                """))
                .isEqualTo("out⏎");
        assertThat(
                        text(
                                """
                                {"type":"user","parent_tool_use_id":"t",
                                  "message":{"content":"the prompt"}}\
                                """))
                .isEmpty();
    }

    @Test
    void onlyPromptsOfTheUserArePrompts() throws Exception {
        Message prompt = Message.parse("{\"type\":\"user\",\"message\":{\"content\":\"Do it\"}}");
        assertThat(MessageText.ofPrompt(prompt)).isEqualTo("Do it\n");
        for (String other :
                new String[] {
                    "{\"type\":\"user\",\"isSynthetic\":true,\"message\":{\"content\":\"x\"}}",
                    "{\"type\":\"user\",\"isReplay\":true,\"message\":{\"content\":\"x\"}}",
                    "{\"type\":\"user\",\"parent_tool_use_id\":\"t\",\"message\":{\"content\":\"x\"}}",
                    "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\","
                            + "\"tool_use_id\":\"t\",\"content\":\"x\"}]}}",
                    "{\"type\":\"assistant\",\"message\":{\"content\":\"x\"}}"
                }) {
            assertThat(MessageText.ofPrompt(Message.parse(other))).isEmpty();
        }
    }
}
