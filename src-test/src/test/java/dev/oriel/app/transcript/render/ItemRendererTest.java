package dev.oriel.app.transcript.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.MediaPlace;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.Embedded;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemRendererTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static List<String> lines(Item item, boolean toggled, int more) {
        List<String> all = new ArrayList<>();
        for (ParagraphBlock b :
                ItemRenderer.render(
                        item, new RenderOptions(toggled, more, RenderSettings.of(80), NOW))) {
            for (Paragraph<ParagraphStyle, String, TextStyle> p :
                    b.document().getParagraphs().subList(0, b.paragraphCount())) {
                assertThat(p.length()).isLessThanOrEqualTo(BlockBuilder.LONGEST);
                all.add(p.getText());
            }
        }
        return all;
    }

    private static Item.Tool bash(String command, ToolState state, @Nullable String output) {
        ToolOutput out = output == null ? null : ToolOutput.of(output);
        List<ToolRun.Field> fields = List.of(new ToolRun.Field("command", command));
        return new Item.Tool(
                "tool:1", 1, new ToolRun("1", "Bash", fields, state, out, SubagentRun.NONE));
    }

    @Test
    void aToolCallIsOneLineUntilItIsOpened() {
        Item.Tool tool = bash("ls", new ToolState.Ok(Duration.ofMillis(400)), "a\nb");

        assertThat(lines(tool, false, 0)).containsExactly("Run  ls   ✓ 0.4 s");
        assertThat(lines(tool, true, 0))
                .containsExactly(
                        "Run  ls   ✓ 0.4 s", "Copy command", "Output   Copy", "a", "b", "Raw JSON");
    }

    @Test
    void aFailedToolCallIsOpenByDefault() {
        assertThat(lines(bash("ls", new ToolState.Failed(null), "no such file"), false, 0))
                .contains("no such file");
    }

    @Test
    void aRunningToolCallShowsItsDuration() {
        assertThat(lines(bash("make", new ToolState.Running(NOW.minusSeconds(75)), null), false, 0))
                .containsExactly("Run  make   running, 1 min 15 s");
    }

    @Test
    void longOutputIsCutAndExpandsOnDemand() {
        String output = "line\n".repeat(1_000);
        Item.Tool tool = bash("ls", new ToolState.Ok(null), output);

        assertThat(lines(tool, true, 0))
                .hasSizeLessThan(40)
                .anyMatch(l -> l.startsWith("Show more ("));
        assertThat(lines(tool, true, 1).size()).isGreaterThan(200);
    }

    @Test
    void aLineOf200KilobytesIsCut() {
        Item.Tool tool = bash("cat min.js", new ToolState.Ok(null), "x".repeat(200_000));

        assertThat(String.join("", lines(tool, true, 0)).length()).isLessThan(20_000);
    }

    @Test
    void outputIsRenderedAsATerminalWould() {
        String printed =
                "\u001b[1m\u001b[46m RUN \u001b[49m\u001b[22m v4\r\n"
                        + " 10%\r"
                        + "100%\r\n"
                        + "✔️ 👩‍💻 12\u00a0000\r\n";

        assertThat(lines(bash("x", new ToolState.Ok(null), printed), true, 0))
                .containsExactly(
                        "Run  x   ✓",
                        "Copy command",
                        "Output   Copy",
                        " RUN  v4",
                        "100%",
                        "✔️ 👩‍💻 12\u00a0000",
                        "Raw JSON");
    }

    @Test
    void anEditOfACrlfFileHasNoEscapesAtLineEnds() {
        FileChange patch =
                new FileChange(
                        false,
                        null,
                        null,
                        List.of(
                                new FileChange.Hunk(
                                        1, 1, List.of("-می‌خواهم\r", "+a\u202eb ✔️\r"))),
                        0);
        ToolRun run =
                new ToolRun(
                        "1",
                        "Edit",
                        List.of(new ToolRun.Field("file_path", "/a.txt")),
                        new ToolState.Ok(null),
                        new ToolOutput("", new ToolDetail.Edit(patch), List.of(), ""),
                        SubagentRun.NONE);

        assertThat(lines(new Item.Tool("tool:1", 1, run), true, 0))
                .containsSubsequence("  1    − می‌خواهم", "    1 + a⟨U+202E⟩b ✔️");
    }

    @Test
    void aNoticeWithPrintedTextHasNoEscapeCodes() {
        Item.Notice notice =
                new Item.Notice(
                        "1",
                        1,
                        Item.Level.ERROR,
                        "\u001b[31mended\u001b[0m",
                        List.of("\u001b[2mat\u001b[22m line 1", "✔️"));

        assertThat(lines(notice, true, 0))
                .containsExactly("ended", "at line 1", "✔️", "Hide details");
    }

    @Test
    void textBetweenBackticksInANoticeIsShownAsCode() {
        Item.Notice notice =
                new Item.Notice(
                        "1",
                        1,
                        Item.Level.ERROR,
                        "Run `claude` and `/login`. A ` alone",
                        List.of());
        ParagraphBlock block =
                ItemRenderer.render(notice, new RenderOptions(false, 0, RenderSettings.of(80), NOW))
                        .getFirst();

        assertThat(lines(notice, false, 0)).containsExactly("Run claude and /login. A ` alone");
        assertThat(
                        block.document().getParagraph(0).getStyledSegments().stream()
                                .filter(s -> s.getStyle().classes().contains("code-inline"))
                                .map(StyledSegment::getSegment))
                .containsExactly("claude", "/login");
    }

    @Test
    void hiddenCharactersInACommandAreWrittenOut() {
        assertThat(lines(bash("rm \u202Efdp.exe\u200B", new ToolState.Denied(), null), false, 0))
                .containsExactly("Run  rm ⟨U+202E⟩fdp.exe⟨U+200B⟩   ⊘ denied");
    }

    @Test
    void anEditIsShownAsADiff() {
        List<ToolRun.Field> fields =
                List.of(
                        new ToolRun.Field("file_path", "/a.txt"),
                        new ToolRun.Field("old_string", "same\nold\nend"),
                        new ToolRun.Field("new_string", "same\nnew\nend"));
        ToolRun run =
                new ToolRun("1", "Edit", fields, new ToolState.Ok(null), null, SubagentRun.NONE);

        assertThat(lines(new Item.Tool("tool:1", 1, run), true, 0))
                .containsExactly(
                        "Edit  /a.txt   ✓",
                        "Text   Open diff",
                        "  same",
                        "− old",
                        "+ new",
                        "  end",
                        "Raw JSON");
    }

    @Test
    void severalEditsAreShownAsOneDiff() {
        List<ToolRun.Field> fields =
                List.of(
                        new ToolRun.Field("file_path", "/a.txt"),
                        new ToolRun.Field("old_string", "a"),
                        new ToolRun.Field("new_string", "b"),
                        new ToolRun.Field("old_string", "c"),
                        new ToolRun.Field("new_string", "d"));
        ToolRun run =
                new ToolRun(
                        "1", "MultiEdit", fields, new ToolState.Ok(null), null, SubagentRun.NONE);

        assertThat(lines(new Item.Tool("tool:1", 1, run), true, 0))
                .containsExactly(
                        "Edit  /a.txt   ✓",
                        "Text   Open diff",
                        "Edit 1 of 2",
                        "− a",
                        "+ b",
                        "Edit 2 of 2",
                        "− c",
                        "+ d",
                        "Raw JSON");
    }

    @Test
    void thinkingIsOneLineUntilItIsOpened() {
        Item.Thinking t = new Item.Thinking("1", 1, "hm\nso", false, Duration.ofSeconds(4));

        assertThat(lines(t, false, 0)).containsExactly("Thought for 4 s");
        assertThat(lines(t, true, 0)).containsExactly("Thought for 4 s", "hm", "so");
    }

    @Test
    void theEndOfATurnShowsTimeTokensAndCost() {
        Item.TurnEnd end =
                new Item.TurnEnd(
                        "1", 1, Item.Outcome.COMPLETED, Duration.ofSeconds(65), 12_300, 420, 0.127);

        assertThat(lines(end, false, 0))
                .containsExactly("1 min 5 s  ·  12.3k tokens in, 420 out  ·  $0.13");
    }

    @Test
    void aLongPromptIsCut() {
        Item.Prompt prompt = new Item.Prompt("1", 1, "a line\n".repeat(5_000), List.of());

        assertThat(lines(prompt, false, 0))
                .hasSizeLessThan(80)
                .last()
                .asString()
                .startsWith("Show more");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "9999, '9,999'",
        "10000, 10.0k",
        "12345, 12.3k",
        "999949, 999.9k",
        "999950, 1.0M",
        "2500000, 2.5M"
    })
    void tokensAreCountedInAFewDigits(long tokens, String shown) {
        assertThat(ItemRenderer.count(tokens)).isEqualTo(shown);
    }

    @Test
    void aTurnThatFailedOrWasInterruptedSaysSo() {
        assertThat(lines(new Item.TurnEnd("e", 1, Item.Outcome.FAILED, null, 0, 0, null), false, 0))
                .containsExactly("Failed");
        assertThat(
                        lines(
                                new Item.TurnEnd(
                                        "e",
                                        1,
                                        Item.Outcome.STOPPED,
                                        Duration.ofSeconds(4),
                                        0,
                                        0,
                                        0.0),
                                false,
                                0))
                .containsExactly("Stopped  ·  4 s");
    }

    @Test
    void aNoticeOffersItsStepsInOneRowThatIsNotText() {
        Item.Notice notice =
                new Item.Notice("1", 1, Item.Level.ERROR, "It failed.", List.of("API Error: 529"))
                        .withSteps(
                                List.of(
                                        new NextStep.SendAgain(),
                                        new NextStep.CopyCommand("Copy it", "claude x")));
        List<ParagraphBlock> blocks =
                ItemRenderer.render(
                        notice, new RenderOptions(false, 0, RenderSettings.of(80), NOW));
        assertThat(lines(notice, false, 0))
                .containsExactly("It failed.", "Send again      Copy it      Show details");
        assertThat(
                        blocks.getFirst().document().getParagraph(1).getStyledSegments().stream()
                                .map(s -> s.getStyle().action())
                                .filter(Objects::nonNull))
                .containsExactly(
                        new ClickAction.TakeStep("1", new NextStep.SendAgain()),
                        new ClickAction.Copy("claude x"),
                        new ClickAction.Toggle("1"));
        assertThat(lines(notice, true, 0))
                .containsExactly(
                        "It failed.",
                        "API Error: 529",
                        "Send again      Copy it      Hide details");
    }

    @Test
    void thinkingThatGoesOnTellsForHowLongAndWhatTheApiEncryptedIsSaid() {
        Item open = new Item.Thinking("t", 1, "", true, null, NOW.minusSeconds(12), false);
        assertThat(lines(open, false, 0)).containsExactly("Thinking for 12 s");
        Item redacted = new Item.Thinking("t", 1, "", false, Duration.ofSeconds(3), null, true);
        assertThat(lines(redacted, false, 0))
                .containsExactly("Thought for 3 s. The API encrypted this part.");
    }

    @Test
    void thinkingIsInThePresentWhileItGrows() {
        assertThat(lines(new Item.Thinking("t", 1, "hm", true, null), false, 0).getFirst())
                .startsWith("Thinking");
        assertThat(lines(new Item.Thinking("t", 1, "hm", false, null), false, 0).getFirst())
                .startsWith("Thought");
    }

    @Test
    void longThinkingIsCutAndExpandsOnDemand() {
        Item thinking = new Item.Thinking("t", 1, "line\n".repeat(700), false, null);
        List<String> first = lines(thinking, true, 0);
        assertThat(first.getLast()).startsWith("Show more (");
        assertThat(lines(thinking, true, 1)).hasSizeGreaterThan(first.size());
    }

    private static Attachment attachment(Attachment.Kind kind, int width, int height, int index) {
        String type = kind == Attachment.Kind.IMAGE ? "image/png" : "application/pdf";
        return new Attachment(kind, type, "", 9_000, width, height, new MediaPlace(1, index));
    }

    private static List<Embedded> embedded(Item.Prompt prompt) {
        return ItemRenderer.render(prompt, new RenderOptions(false, 0, RenderSettings.of(80), NOW))
                .stream()
                .flatMap(b -> b.document().getParagraphs().stream())
                .flatMap(p -> p.getStyledSegments().stream())
                .flatMap(s -> Stream.ofNullable(s.getStyle().embedded()))
                .toList();
    }

    @Test
    void aSingleImageOfAPromptIsScaledToTheColumnAndNeverEnlarged() {
        Attachment tall = attachment(Attachment.Kind.IMAGE, 1_000, 2_000, 0);
        Attachment tiny = attachment(Attachment.Kind.IMAGE, 16, 16, 0);

        assertThat(embedded(new Item.Prompt("p", 1, "see", List.of(tall))))
                .containsExactly(new Embedded.Picture(tall, 160, 320));
        assertThat(embedded(new Item.Prompt("p", 1, "see", List.of(tiny))))
                .containsExactly(new Embedded.Picture(tiny, 16, 16));
    }

    @Test
    void severalAttachmentsOfAPromptAreOneRowOfThumbnailsAndChips() {
        Attachment wide = attachment(Attachment.Kind.IMAGE, 400, 100, 0);
        Attachment pdf = attachment(Attachment.Kind.DOCUMENT, 0, 0, 1);
        Item.Prompt prompt = new Item.Prompt("p", 1, "see", List.of(wide, pdf));

        assertThat(embedded(prompt))
                .containsExactly(new Embedded.Picture(wide, 200, 50), new Embedded.FileChip(pdf));
        assertThat(lines(prompt, false, 0)).containsExactly("see", "\uFFFC  \uFFFC");
    }

    private static Attachment textFile(String name, String text) {
        return new Attachment(
                Attachment.Kind.DOCUMENT,
                "text/plain",
                name,
                text.length(),
                0,
                0,
                new MediaPlace(1, 0),
                text);
    }

    private static List<String> opened(Item.Prompt prompt) {
        RenderOptions open =
                new RenderOptions(false, 0, Set.of("#texts"), RenderSettings.of(80), NOW);
        return ItemLines.of(ItemRenderer.render(prompt, open)).stream()
                .map(l -> l.replace("\n", ""))
                .toList();
    }

    @Test
    void theTextOfAnAttachedFileIsShownOnceItIsOpened() {
        Item.Prompt prompt =
                new Item.Prompt("p", 1, "Why?", List.of(textFile("/a/notes.txt", "one\r\ntwo\n")));

        assertThat(lines(prompt, false, 0)).containsExactly("Why?", "\uFFFC", "Show text");
        assertThat(opened(prompt)).containsExactly("Why?", "\uFFFC", "", "one", "two");
    }

    @Test
    void eachOfSeveralOpenedTextsIsBoundedAndHasItsName() {
        Attachment longer = textFile("b.log", "a line\n".repeat(1_000));
        Item.Prompt prompt = new Item.Prompt("p", 1, "", List.of(textFile("a.txt", "one"), longer));

        assertThat(lines(prompt, false, 0))
                .containsExactly("\uFFFC  \uFFFC", "Show the text of 2 files");
        assertThat(opened(prompt)).hasSize(1 + 1 + 2 + 1 + 24 + 1).contains("one", "a line");
    }

    @Test
    void anImageThatWouldTakeTooMuchMemoryIsAChip() {
        Attachment bomb = attachment(Attachment.Kind.IMAGE, 30_000, 30_000, 0);

        assertThat(embedded(new Item.Prompt("p", 1, "", List.of(bomb))))
                .containsExactly(new Embedded.FileChip(bomb));
    }
}
