package dev.oriel.app.transcript.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.MediaPlace;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.Embedded;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every tool has its card: what the first line says, and what the card shows when it is opened.
class ToolCardsTest {
    private static RenderedCard card(String name, String input, String text, String structured) {
        return RenderedCard.call(name, input.replace('\'', '"'))
                .result(text, structured.replace('\'', '"'));
    }

    /// The columns are the tool, its input, its result, the CLI's facts, and the first line without
    /// its state and time.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Read | {'file_path':'/a.py'} | x |"
                        + " {'file':{'filePath':'/a.py','content':'x','numLines':1,'startLine':1,"
                        + "'totalLines':1}} | Read  /a.py   ✓ 1 s  1 line",
                "Read | {'file_path':'/a.py','offset':10} | x |"
                        + " {'file':{'filePath':'/a.py','content':'x','numLines':40,'startLine':10,"
                        + "'totalLines':3200}} | Read  /a.py   ✓ 1 s  lines 10–49 of 3,200",
                "Grep | {'pattern':'n'} | a:1:n | {'mode':'content','numFiles':0,'filenames':[],"
                        + "'numLines':1} | Search  n   ✓ 1 s  1 line",
                "Grep | {'pattern':'n'} | a | {'mode':'files_with_matches','numFiles':2,"
                        + "'filenames':['a','b']} | Search  n   ✓ 1 s  2 files",
                "Grep | {'pattern':'n'} | a:3 |"
                    + " {'mode':'count','numFiles':1,'filenames':[],'numMatches':3,'appliedLimit':3}"
                    + " | Search  n   ✓ 1 s  3 in 1 file or more",
                "Glob | {'pattern':'*'} | a | {'numFiles':100,'filenames':[],'truncated':true} |"
                        + " Find files  *   ✓ 1 s  100 files or more",
                "WebFetch | {'url':'https://a.example'} | x | {'bytes':12400,'code':404,"
                        + "'codeText':'Not Found','url':'https://a.example'} |"
                        + " Fetch  https://a.example   ✓ 1 s  404 Not Found, 12.4 KB",
                "WebSearch | {'query':'bay'} | x | {'query':'bay','results':[{'content':"
                        + "[{'title':'A','url':'https://a.example'}]}]} |"
                        + " Search the web  bay   ✓ 1 s  1 result",
                "TodoWrite | {'todos':[]} | ok | {'oldTodos':[{'content':'A','status':'pending'}],"
                        + "'newTodos':[{'content':'A','status':'completed'},"
                        + "{'content':'B','status':'in_progress'}]} |"
                        + " To-do list  ✓ A, ◐ B, 1 added   ✓ 1 s",
                "TodoWrite | {'todos':[]} | ok | {'oldTodos':[],"
                        + "'newTodos':[{'content':'A','status':'pending'},"
                        + "{'content':'B','status':'pending'}]} | To-do list  2 added   ✓ 1 s",
                "TodoWrite | {'todos':[]} | ok | {'oldTodos':[{'content':'A','status':'pending'}],"
                        + "'newTodos':[]} | To-do list  cleared   ✓ 1 s",
                "TaskCreate | {'subject':'Order'} | ok | {'task':{'id':'1','subject':'Order'}} |"
                        + " New task  Order   ✓ 1 s",
                "TaskUpdate | {'taskId':'3','status':'completed'} | ok | {'success':true,"
                        + "'taskId':'3','statusChange':{'from':'pending','to':'completed'}} |"
                        + " Task  3. done   ✓ 1 s",
                "TaskList | {} | ok | {'tasks':[{'id':'1','subject':'A','status':'completed'},"
                        + "{'id':'2','subject':'B','status':'pending'}]} |"
                        + " Tasks  1 of 2 done   ✓ 1 s",
                "AskUserQuestion | {'questions':[{'question':'Which?'}]} | ok |"
                        + " {'answers':{'Which?':'B'}} | Question  Which? B   ✓ 1 s",
                "Agent | {'description':'Find it','prompt':'p','subagent_type':'scout'} | found |"
                        + " {'status':'completed','agentId':'a','totalToolUseCount':3,"
                        + "'totalTokens':34210} |"
                        + " Subagent  scout: Find it   ✓ 1 s  3 tool calls · 34k tokens",
                "Agent | {'description':'Find it','prompt':'p'} | started |"
                        + " {'status':'async_launched','agentId':'a7'} |"
                        + " Subagent  Find it   ✓ 1 s  in the background",
                "mcp__board__find | {'q':'x'} | y | null | board · find  x   ✓ 1 s",
                "Skill | {'skill':'pdf'} | ok | null | Skill  pdf   ✓ 1 s",
                "KillShell | {'shell_id':'b1'} | ok | null | End command  b1   ✓ 1 s",
                "SomeNewTool | {'a':'b'} | ok | null | SomeNewTool  b   ✓ 1 s"
            })
    void theFirstLineTellsWhatTheCallDid(
            String name, String input, String text, String structured, String head) {
        assertThat(card(name, input, text, structured).head()).isEqualTo(head);
    }

    @Test
    void aFileIsShownWithTheNumbersOfItsLinesAndWithoutTheNotesForTheModel() {
        RenderedCard card =
                card(
                                "Read",
                                "{'file_path':'/a.py','offset':10}",
                                "    10\tx = 1\n<system-reminder>be careful</system-reminder>",
                                "{'file':{'filePath':'/a.py','content':'x = 1\\ny = 2',"
                                        + "'numLines':2,'startLine':10,'totalLines':20}}")
                        .toggle();

        assertThat(card.lines())
                .contains("   10  x = 1", "   11  y = 2")
                .noneMatch(l -> l.contains("system-reminder") || l.contains("offset"));
    }

    @Test
    void hitsOfASearchHaveTheirPlacesApart() {
        RenderedCard card =
                card("Grep", "{'pattern':'n'}", "src/a.c:12:int n;\nC:\\b.c:3:n\nplain", "null")
                        .toggle();

        assertThat(card.ink("src/a.c:12:").classes()).contains("quiet");
        assertThat(card.ink("int n;").classes()).doesNotContain("quiet");
        assertThat(card.ink("C:\\b.c:3:").classes()).contains("quiet");
        assertThat(card.lines()).contains("plain");
    }

    @Test
    void resultsOfAWebSearchAreLinksIfTheyMayBeOpened() {
        RenderedCard card =
                card(
                                "WebSearch",
                                "{'query':'bay'}",
                                "for the model",
                                "{'query':'bay','results':[{'content':[{'title':'A page',"
                                        + "'url':'https://www.example.org/a'},{'title':'A file',"
                                        + "'url':'file:///etc/passwd'}]},'It says **so**.']}")
                        .toggle();

        assertThat(card.lines())
                .contains("A page  www.example.org", "A file  file:///etc/passwd", "It says so.")
                .doesNotContain("for the model");
        assertThat(card.ink("A page").action())
                .isEqualTo(new ClickAction.OpenLink("https://www.example.org/a"));
        assertThat(card.ink("A file").action()).isNull();
    }

    @Test
    void aServerToolOfTheApiHasLinksToo() {
        RenderedCard card =
                RenderedCard.empty()
                        .block(
                                "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\","
                                    + "\"input\":{\"query\":\"oriel\"}}")
                        .block(
                                "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\","
                                        + "\"content\":[{\"type\":\"web_search_result\","
                                        + "\"title\":\"O\",\"url\":\"https://o.example\","
                                        + "\"page_age\":\"2 days\"}]}")
                        .toggle();

        assertThat(card.head()).startsWith("Search the web  oriel").endsWith("1 result");
        assertThat(card.lines()).contains("O  o.example · 2 days");
    }

    @Test
    void theListOfToDosHasTheStateOfEachAsAWord() {
        RenderedCard card =
                card(
                                "TodoWrite",
                                "{'todos':[]}",
                                "ok",
                                "{'oldTodos':[],'newTodos':[{'content':'A','status':'completed'},"
                                        + "{'content':'B','status':'in_progress',"
                                        + "'activeForm':'Doing B'},"
                                        + "{'content':'C','status':'pending'}]}")
                        .toggle();

        assertThat(card.lines()).contains("✓  A  done", "◐  Doing B  in progress", "○  C  to do");
    }

    @Test
    void aPlanIsOpenAndShownAsMarkdown() {
        RenderedCard card = card("ExitPlanMode", "{'plan':'# Build\\n\\n- **one**'}", "ok", "null");

        assertThat(card.lines()).contains("Build", "one").noneMatch(l -> l.contains("**"));
        assertThat(card.ink("one").classes()).contains("strong");
        assertThat(card.rules()).containsOnly("kind-plan");
    }

    @Test
    void aPlanThatOnlyTheResultHasIsShown() {
        assertThat(
                        card("ExitPlanMode", "{}", "ok", "{'plan':'Do *it*','filePath':'/p.md'}")
                                .lines())
                .contains("Do it")
                .first()
                .asString()
                .contains("/p.md");
    }

    @Test
    void severalAnswersAreShownWithTheirQuestions() {
        assertThat(
                        card(
                                        "AskUserQuestion",
                                        "{'questions':[{'question':'A?'},{'question':'B?'}]}",
                                        "ok",
                                        "{'answers':{'A?':'yes','B?':'no'}}")
                                .lines())
                .containsSubsequence("A?", "✓  yes", "B?", "✓  no");
    }

    @Test
    void theInputOfAnMcpToolIsATableAndItsDataIsPrinted() {
        RenderedCard card =
                card(
                                "mcp__board__find",
                                "{'board':'W','limit':5}",
                                "for the model",
                                "{'structuredContent':{'cards':[{'id':7}]},'resourceLinks':"
                                        + "[{'name':'Board','uri':'https://b.example/7'}]}")
                        .toggle();

        assertThat(card.lines())
                .contains("board  W", "limit  5", "  \"cards\": [", "      \"id\": 7")
                .contains("Board  b.example");
    }

    @ParameterizedTest
    @CsvSource({
        "[WARNING] only the first, true",
        "'{\"n\":1}', false",
        "'{\"n\":1} and more', true"
    })
    void aTextOfAnMcpToolThatIsNoDataIsShown(String text, boolean shown) {
        RenderedCard card = card("mcp__a__b", "{}", text, "{'structuredContent':{'n':1}}").toggle();

        assertThat(card.lines().contains("Output")).isEqualTo(shown);
    }

    @Test
    void aTableInATextOfASubagentIsOneThatScrollsAndIsCopiedAsSuch() {
        RenderedCard card =
                RenderedCard.call("Task", "{\"description\":\"d\",\"prompt\":\"p\"}")
                        .message(
                                """
                                {"type":"assistant","parent_tool_use_id":"t1","message":{"content":
                                [{"type":"text","text":"Before\\n\\n%s\\n\\nAfter"}]}}
                                """
                                        .formatted(
                                                "|aa|bb|\\n|-|-|\\n|**1**|"
                                                        + "many words ".repeat(100)
                                                        + "|"));
        card.toggle();

        List<ParagraphStyle> rows =
                card.styles().stream().filter(p -> p.classes().contains("table-row")).toList();
        assertThat(rows)
                .hasSizeGreaterThan(2)
                .allSatisfy(p -> {
                    assertThat(p.tabPixels()).hasSize(1);
                    assertThat(p.wide()).isNotNull();
                    assertThat(p.margin().left()).isEqualTo(CardBody.LEFT);
                    assertThat(p.quotes()).hasSize(1);
                });
        assertThat(rows.getFirst().copyText()).isEqualTo("|aa|bb|\n|---|---|");
        assertThat(card.lines()).contains("Before", "aa\tbb", "After");
        assertThat(card.ink("1").classes()).contains("strong");
    }

    @Test
    void theTitleOfADiffIsInLineWithTheTextOfItsCard() {
        RenderedCard card =
                card(
                                "MultiEdit",
                                "{'file_path':'/a','edits':["
                                        + "{'old_string':'a','new_string':'b'},"
                                        + "{'old_string':'c','new_string':'d'}]}",
                                "ok",
                                "null")
                        .toggle();
        assertThat(card.styles())
                .filteredOn(p -> p.classes().contains("diff-remark"))
                .hasSize(2)
                .allSatisfy(p -> assertThat(p.padding().left()).isEqualTo(CardBody.LEFT));
    }

    @Test
    void aFileThatIsNoTextIsNotCalledText() {
        assertThat(
                        card("Write", "{'file_path':'/a.bin','content':'a\\u0000b'}", "ok", "null")
                                .toggle()
                                .lines())
                .contains("Binary   Open diff", "Binary file, 3 bytes");
    }

    @Test
    void rawJsonIsOneClickAway() {
        RenderedCard card =
                card("Bash", "{'command':'echo \\'a\\'','timeout':5}", "a", "{'stdout':'a'}")
                        .toggle();
        assertThat(card.lines()).contains("Raw JSON").noneMatch(l -> l.contains("\"command\""));
        assertThat(card.actions())
                .contains(new ClickAction.TogglePart("tool:t1", "#" + RawSection.NAME));

        card.toggle("#" + RawSection.NAME);
        assertThat(card.lines())
                .contains("Hide raw JSON", "  \"timeout\": 5", "    \"stdout\": \"a\"")
                .contains("  \"command\": \"echo \\\"a\\\"\",");
    }

    @Test
    void anUnknownContentBlockIsAQuietLineWithItsTypeAndSize() {
        // The line is an item of its own; the card of a result has the line as its text.
        RenderedCard card =
                RenderedCard.call("SomeTool", "{}")
                        .message(
                                """
                                {"type":"user","message":{"role":"user","content":[
                                {"type":"tool_result","tool_use_id":"t1",
                                "content":[{"type":"hologram","data":"QUJDREVG"}]}]}}
                                """)
                        .toggle();

        assertThat(card.lines()).anyMatch(l -> l.matches("\\[hologram, \\d+ bytes]"));
    }

    @Test
    void aFailedCallIsOpenWhateverItsTool() {
        for (String name :
                List.of("Read", "Grep", "WebFetch", "TaskUpdate", "Agent", "mcp__a__b", "Skill")) {
            assertThat(RenderedCard.call(name, "{\"a\":\"b\"}").failure("It broke").lines())
                    .as(name)
                    .contains("It broke");
        }
    }

    @Test
    void hugeAndHostileInputsStayBounded() {
        String huge =
                "{\"x\":\""
                        + "\u202e<b>".repeat(100_000)
                        + "\",\"y\":["
                        + "[".repeat(400)
                        + "]".repeat(400)
                        + "]}";
        for (String name :
                List.of(
                        "Bash",
                        "Read",
                        "Grep",
                        "WebSearch",
                        "TodoWrite",
                        "AskUserQuestion",
                        "mcp__a__b",
                        "ExitPlanMode",
                        "Agent",
                        "Nothing")) {
            RenderedCard card = RenderedCard.call(name, huge).result("x").toggle();
            assertThat(card.lines()).as(name).hasSizeLessThan(200);
            assertThat(String.join("", card.lines()))
                    .as(name)
                    .hasSizeLessThan(100_000)
                    .doesNotContain("\u202e");
        }
    }

    @Test
    void thePathInTheFirstLineOpensTheFileAndTheRestTheCard() {
        Item.Tool read =
                new Item.Tool(
                        "tool:r",
                        3,
                        new ToolRun(
                                "r",
                                "Read",
                                List.of(new ToolRun.Field("file_path", "/project/a.txt")),
                                new ToolState.Ok(null),
                                null,
                                SubagentRun.NONE));
        var head =
                ToolCards.render(
                                read,
                                new RenderOptions(
                                        false, 0, RenderSettings.of(88), RenderedCard.NOW))
                        .getFirst()
                        .document()
                        .getParagraph(0);
        assertThat(head.getParagraphStyle().action()).isEqualTo(new ClickAction.Toggle("tool:r"));
        assertThat(head.getStyledSegments())
                .filteredOn(s -> s.getStyle().action() != null)
                .singleElement()
                .satisfies(s -> {
                    assertThat(s.getSegment()).isEqualTo("/project/a.txt");
                    assertThat(s.getStyle().action())
                            .isEqualTo(new ClickAction.OpenFile("/project/a.txt"));
                });
    }

    @Test
    void imagesOfAClosedCardAreOneLineOfSmallOnes() {
        List<Attachment> images = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            images.add(
                    new Attachment(
                            Attachment.Kind.IMAGE,
                            "image/png",
                            "",
                            9_000,
                            400,
                            300,
                            new MediaPlace(7, i)));
        }
        Item.Tool shot =
                new Item.Tool(
                        "tool:s",
                        3,
                        new ToolRun(
                                "s",
                                "mcp__browser__screenshot",
                                List.of(),
                                new ToolState.Ok(null),
                                new ToolOutput("", ToolDetail.NONE, images, ""),
                                SubagentRun.NONE));
        List<ParagraphBlock> closed =
                ToolCards.render(
                        shot, new RenderOptions(false, 0, RenderSettings.of(88), RenderedCard.NOW));
        assertThat(closed).hasSize(2);
        var strip = closed.getLast().document().getParagraph(0);
        assertThat(strip.getText()).matches("(\uFFFC  ){4,9}\uFFFC  and \\d+ more");
        assertThat(strip.getStyledSegments())
                .filteredOn(s -> s.getStyle().embedded() instanceof Embedded.Picture)
                .allSatisfy(s -> {
                    Embedded.Picture p = (Embedded.Picture) s.getStyle().embedded();
                    assertThat(p == null ? 999 : p.height()).isLessThanOrEqualTo(48);
                    assertThat(s.getStyle().action())
                            .isInstanceOf(ClickAction.OpenAttachment.class);
                });
    }
}
