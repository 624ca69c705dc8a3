package dev.oriel.app.transcript.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.fold.StreamedAnswer;
import dev.oriel.app.conversation.fold.Timeline;
import dev.oriel.app.conversation.fold.UnsentItems;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.reading.ReadingSettings;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
import dev.oriel.message.Json;
import dev.oriel.testing.data.SampleFrames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tool calls that no well-behaved agent sends: each leaves a right card without control
/// characters.
class HostileToolsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ESC = "\u001b";

    private final SampleFrames frames = new SampleFrames();
    private final Timeline timeline = new Timeline(new StreamedAnswer(), new UnsentItems());

    private List<Item.Tool> calls() {
        timeline.append(frames.take());
        return timeline.items().stream()
                .filter(Item.Tool.class::isInstance)
                .map(Item.Tool.class::cast)
                .toList();
    }

    /// All lines of a card, with everything open that can be.
    private static List<String> lines(Item.Tool call) {
        List<String> lines = new ArrayList<>();
        RenderSettings settings =
                RenderSettings.of(88)
                        .withReading(ReadingSettings.DEFAULTS.withDetail(DetailLevel.VERBOSE));
        for (int expansions : new int[] {0, 100}) {
            RenderOptions options = new RenderOptions(false, expansions, settings, NOW);
            for (ParagraphBlock block : ToolCards.render(call, options)) {
                block.document().getParagraphs().stream()
                        .limit(block.paragraphCount())
                        .forEach(p -> lines.add(p.getText()));
            }
        }
        return lines;
    }

    private static String checked(Item.Tool call) {
        List<String> lines = lines(call);
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            assertThat(line.length()).isLessThanOrEqualTo(BlockBuilder.LONGEST);
            assertThat(line.chars().filter(c -> c != '\t').filter(Character::isISOControl))
                    .isEmpty();
        }
        return String.join("\n", lines);
    }

    private static String text(String text) {
        return Json.object().textNode(text).toString();
    }

    private Item.Tool printed(String output) {
        frames.toolUse("m", "t", "Bash", "{\"command\":\"run\"}").toolResult("t", output, false);
        return calls().getFirst();
    }

    @Test
    void fiveMegabytesOfOutputAreBounded() {
        String shown = checked(printed("line of output\n".repeat(350_000)));
        assertThat(shown.length()).isLessThan(2_000_000);
        assertThat(shown).contains("more characters");
        assertThat(checked(printed("x".repeat(5_000_000)))).contains("more characters");
    }

    @Test
    void whatATerminalWouldObeyIsNotShown() {
        String output =
                "start"
                        + ESC
                        + "]0;evil title\u0007"
                        + ESC
                        + "]8;;javascript:alert(1)"
                        + ESC
                        + "\\click me"
                        + ESC
                        + "]8;;"
                        + ESC
                        + "\\ "
                        + ESC
                        + "P1$r0m"
                        + ESC
                        + "\\"
                        + ESC
                        + "[2J"
                        + ESC
                        + "[999;999H"
                        + ESC
                        + "[38;5m"
                        + ESC
                        + "[38;2;1m"
                        + ESC
                        + "[48;2;300;-1;9999m"
                        + ESC
                        + "[;;;;;m"
                        + "\u0007\u0000\b\b\b"
                        + ESC
                        + "[31"
                        + "end";
        Item.Tool call = printed(output);
        assertThat(checked(call)).doesNotContain("evil title");
        List<ClickAction> links = new ArrayList<>();
        for (ParagraphBlock block :
                ToolCards.render(call, new RenderOptions(true, 0, RenderSettings.of(88), NOW))) {
            block.document()
                    .getParagraphs()
                    .forEach(p ->
                            p.getStyledSegments().stream()
                                    .map(s -> s.getStyle().action())
                                    .filter(a -> a instanceof ClickAction.OpenLink)
                                    .forEach(links::add));
        }
        assertThat(links.toString()).doesNotContain("javascript");
    }

    @Test
    void floodsOfCursorMovementAreFoldedInBoundedTime() {
        checked(printed("50 %\r".repeat(400_000) + "100 %\n"));
        checked(printed((ESC + "[1A" + ESC + "[2K" + "x").repeat(100_000)));
        checked(printed("\b".repeat(1_000_000) + "a"));
        checked(printed((ESC + "[").repeat(500_000)));
        checked(printed(ESC + "]8;;" + "x".repeat(1_000_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"just text\"", "[1,2]", "null", "7", "{\"command\":{\"a\":[null]}}", "{}"})
    void anInputOfAnyShapeIsShown(String input) {
        for (String tool : List.of("Bash", "Edit", "TodoWrite", "Task", "mcp__a__b", "Unknown")) {
            frames.toolUse("m", tool, tool, input).toolResult(tool, "done", false);
        }
        assertThat(calls()).hasSize(6).allSatisfy(HostileToolsTest::checked);
        if (input.startsWith("\"")) {
            assertThat(checked(calls().getLast())).contains("just text");
        }
    }

    @Test
    void aResultBeforeItsCallBelongsToIt() {
        frames.toolResult("t", "early", false).toolUse("m", "t", "Bash", "{\"command\":\"x\"}");
        assertThat(checked(calls().getFirst())).contains("early");
    }

    @Test
    void twoCallsWithOneIdAreTwoCards() {
        frames.toolUse("m", "t", "Bash", "{\"command\":\"one\"}").toolResult("t", "first", false);
        frames.toolUse("m", "t", "Bash", "{\"command\":\"two\"}").toolResult("t", "second", false);
        assertThat(calls()).hasSize(2);
        assertThat(calls()).extracting(Item::id).doesNotHaveDuplicates();
        assertThat(checked(calls().get(0))).contains("one", "first").doesNotContain("second");
        assertThat(checked(calls().get(1))).contains("two", "second").doesNotContain("first");
    }

    @Test
    void theSecondOfTwoResultsIsShownWithTheTimeOfTheFirst() {
        frames.toolUse("m", "t", "Bash", "{\"command\":\"one\"}").toolResult("t", "first", false);
        ToolState before = calls().getFirst().run().state();
        frames.toolResult("t", "second", false);
        assertThat(calls()).hasSize(1);
        assertThat(calls().getFirst().run().state()).isEqualTo(before);
        assertThat(checked(calls().getFirst())).contains("second");
    }

    private void step(String parent, String id, String name) {
        ObjectNode m = Json.object().put("type", "assistant").put("parent_tool_use_id", parent);
        ObjectNode block = Json.object().put("type", "tool_use").put("id", id).put("name", name);
        block.putObject("input").put("description", "step " + id).put("command", "run " + id);
        m.putObject("message").put("id", "s").putArray("content").add(block);
        frames.journaled(m.toString());
    }

    @Test
    void subagentsInSubagentsAreNestedAndParallelOnesAreNotMixed() {
        frames.toolUse("m", "a1", "Task", "{\"description\":\"A\"}");
        frames.toolUse("m", "b1", "Task", "{\"description\":\"B\"}");
        for (int depth = 1; depth < 6; depth++) {
            step("a" + depth, "a" + (depth + 1), "Task");
            step("b" + depth, "b" + (depth + 1), depth == 5 ? "Bash" : "Task");
        }
        List<Item.Tool> all = calls();
        assertThat(all).hasSize(2).allSatisfy(HostileToolsTest::checked);
        assertThat(chain(all.get(0))).isEqualTo("a1 a2 a3 a4 a5 a6");
        assertThat(chain(all.get(1))).isEqualTo("b1 b2 b3 b4 b5 b6");

        // They never end: the end of the turn stops them.
        frames.result(10);
        assertThat(calls())
                .allSatisfy(c -> assertThat(c.run().state()).isInstanceOf(ToolState.Stopped.class));
    }

    private static String chain(Item.Tool call) {
        List<String> ids = new ArrayList<>(List.of(call.run().toolUseId()));
        List<SubagentRun.Step> steps = call.run().subagent().steps();
        while (!steps.isEmpty() && steps.getFirst() instanceof SubagentRun.Called(var run)) {
            ids.add(run.toolUseId());
            steps = run.subagent().steps();
        }
        return ids.stream().collect(Collectors.joining(" "));
    }

    @Test
    void stepsOfAnUnknownParentAndOfThemselvesAreNoCards() {
        step("nobody", "s1", "Bash");
        step("s2", "s2", "Bash");
        assertThat(calls()).isEmpty();
    }

    @Test
    void everyKindOfContentOfAnMcpServerIsNamed() {
        frames.toolUse("m", "t", "mcp__board__read", "{}");
        ArrayNode content = Json.object().putArray("content");
        content.addObject().put("type", "audio").put("mimeType", "audio/wav").put("data", "AAAA");
        content.addObject()
                .put("type", "resource")
                .putObject("resource")
                .put("uri", "file:///a\u0007")
                .put("mimeType", "text/plain")
                .put("blob", "AAAA");
        content.addObject()
                .put("type", "resource_link")
                .put("name", "A page")
                .put("uri", "javascript:alert(1)");
        content.addObject().put("type", "hologram").put("data", "x".repeat(100_000));
        content.addNull();
        content.add(7);
        ObjectNode m = Json.object().put("type", "user");
        ObjectNode block =
                m.putObject("message").put("role", "user").putArray("content").addObject();
        block.put("type", "tool_result").put("tool_use_id", "t").set("content", content);
        m.putObject("tool_use_result").putObject("structuredContent").put("n", 1);
        frames.journaled(m.toString());
        assertThat(checked(calls().getFirst())).contains("A page");
    }

    @Test
    void anErrorOfAServerToolIsAFailure() {
        frames.journaled(
                """
                {"type":"assistant","message":{"id":"m","content":[
                 {"type":"server_tool_use","id":"w","name":"web_search","input":{"query":"q"}},
                 {"type":"web_search_tool_result","tool_use_id":"w","content":
                  {"type":"web_search_tool_result_error","error_code":"max_uses_exceeded"}},
                 {"type":"server_tool_use","id":"v","name":"from_the_future","input":"x"},
                 {"type":"from_the_future_tool_result","tool_use_id":"v","content":7}]}}
                """);
        assertThat(calls()).hasSize(2);
        assertThat(calls().getFirst().run().state()).isInstanceOf(ToolState.Failed.class);
        assertThat(checked(calls().getFirst())).contains("as often as the turn allows");
        checked(calls().getLast());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Task | {'subagent_type':'a~b','description':'d'}",
                "TaskUpdate | {'taskId':'1~2','status':'completed'}",
                "TaskUpdate | {'taskId':['a','b']}",
                "TodoWrite | {'todos':{'a':{'b':1}},'subject':{'c':[1,2]}}",
                "TaskCreate | {'subject':{'c':[1,2]}}"
            })
    void theFirstLineStaysOneLine(String tool, String input) {
        frames.toolUse("m", "t", tool, input.replace('\'', '"').replace("~", "\\n"));
        Item.Tool call = calls().getFirst();
        ParagraphBlock head =
                ToolCards.render(call, new RenderOptions(false, 0, RenderSettings.of(88), NOW))
                        .getFirst();

        assertThat(head.document().getParagraph(0).getText()).doesNotContain("\n");
    }

    @Test
    void whatAPageAnsweredStaysInTheFirstLine() {
        String told = "{'url':'u','code':200,'codeText':'O\\nK','bytes':1}".replace('\'', '"');
        RenderedCard card = RenderedCard.call("WebFetch", "{}").result("x", told);

        assertThat(card.head()).contains("200 O").doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "https://my_bank.example/x, my_bank.example",
        "https://b\u00fccher.example/, xn--bcher-kva.example",
        "https://bank.example@evil.example/, evil.example",
        "mailto:a@evil.example, mailto:a@evil.example"
    })
    void aLinkTellsWhereItLeads(String url, String shown) {
        String told =
                "{'query':'q','results':[{'content':[{'title':'The bank','url':'%s'}]}]}"
                        .replace('\'', '"')
                        .formatted(url);
        RenderedCard card =
                RenderedCard.call("WebSearch", "{\"query\":\"q\"}").result("x", told).toggle();

        assertThat(card.lines()).contains("The bank  " + shown);
    }

    @Test
    void aQuestionThatCannotBeReadIsShownAsItsInput() {
        RenderedCard card =
                RenderedCard.call("AskUserQuestion", "{\"ask\":\"Which?\",\"by\":\"me\"}")
                        .result("ok")
                        .toggle();

        assertThat(card.lines()).contains("ask  Which?", "by  me");
    }

    @Test
    void namesAndFieldsCannotHideText() {
        frames.toolUse(
                "m",
                "t",
                "Evil\u202e\u0000\u001b[31mTool\nsecond",
                "{\"a\\u202eb\\n\":%s}".formatted(text("rm\u200b\u2066 -rf\u0000")));
        assertThat(checked(calls().getFirst())).doesNotContain("\u202e", "\u2066");
    }
}
