package dev.oriel.app.transcript.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.QuoteRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rules at the left of quotes.
class QuoteRuleTest {
    private static List<ParagraphStyle> styles(String text) {
        List<ParagraphStyle> all = new ArrayList<>();
        new MarkdownRenderer(SampleLayouts.of(80), CodeColors.NONE)
                .render(text, true)
                .forEach(b ->
                        b.block()
                                .document()
                                .getParagraphs()
                                .subList(0, b.block().paragraphCount())
                                .forEach(p -> all.add(p.getParagraphStyle())));
        return all;
    }

    private static List<List<Integer>> lefts(String text) {
        return styles(text).stream()
                .map(p -> p.quotes().stream().map(QuoteRule::from).toList())
                .toList();
    }

    /// Where the text of a paragraph begins, pixels.
    private static int textLeft(ParagraphStyle p) {
        ParagraphStyle.Marker marker = p.marker();
        return (marker == null ? p.margin().left() : marker.width()) + p.padding().left();
    }

    @Test
    void theRuleIsBesideCodeListsAndTables() {
        String text =
                """
                > text
                >
                > ```
                > code
                > ```
                >
                > - item
                >
                > | a |
                > |---|
                > | b |
                """;
        assertThat(lefts(text)).hasSize(6).containsOnly(List.of(0));
    }

    @Test
    void aQuoteInAQuoteHasItsRuleWhereTheTextOfTheOuterOneBegins() {
        List<ParagraphStyle> all = styles("> one\n>\n> > two\n>\n> one again\n\nafter");
        assertThat(lefts("> one\n>\n> > two\n>\n> one again\n\nafter"))
                .containsExactly(List.of(0), List.of(0, 16), List.of(0), List.of());
        assertThat(all.stream().map(QuoteRuleTest::textLeft)).containsExactly(16, 32, 16, 0);
    }

    @Test
    void theTextOfAQuoteThatBeginsAListItemIsBesideItsRule() {
        List<ParagraphStyle> all = styles("- > quoted\n  > more");
        assertThat(all.getFirst().marker()).isEqualTo(new ParagraphStyle.Marker.Bullet("•", 24));
        assertThat(all.getFirst().quotes()).extracting(QuoteRule::from).containsExactly(24);
        assertThat(textLeft(all.getFirst())).isEqualTo(40);
    }

    @Test
    void theRuleBeginsAndEndsWithTheText() {
        List<ParagraphStyle> all = styles("before\n\n> # one\n>\n> two\n\nafter");
        QuoteRule first = all.get(1).quotes().getFirst();
        QuoteRule last = all.get(2).quotes().getFirst();
        assertThat(all.get(1).margin().top()).isPositive();
        assertThat(all.get(2).margin().bottom()).isPositive();
        assertThat(first)
                .isEqualTo(new QuoteRule(0, false, "alert-plain", all.get(1).margin().top(), 0));
        assertThat(last)
                .isEqualTo(new QuoteRule(0, false, "alert-plain", 0, all.get(2).margin().bottom()));
    }

    @Test
    void aQuoteHasTheColourOfItsOwnAlert() {
        assertThat(styles("> [!TIP]\n> text\n").getLast().quotes())
                .extracting(QuoteRule::kind)
                .containsExactly("alert-tip");
    }

    @Test
    void noRuleIsDrawnOverTheTextOfDeepQuotes() {
        for (int depth : new int[] {1, 7, 8, 9, 30}) {
            ParagraphStyle p = styles("> ".repeat(depth) + "text").getFirst();
            assertThat(p.quotes()).isNotEmpty().allMatch(r -> r.from() + 8 <= textLeft(p));
        }
        for (int depth : new int[] {3, 8, 12}) {
            ParagraphStyle p = styles("- ".repeat(depth) + "> text").getFirst();
            assertThat(p.quotes()).allMatch(r -> r.from() + 8 <= textLeft(p));
        }
    }

    @Test
    void aParagraphThatIsCutHasAnUnbrokenRule() {
        List<ParagraphStyle> all = styles("> " + "word ".repeat(20_000));
        assertThat(all.size()).isGreaterThan(2);
        assertThat(all.subList(0, all.size() - 1))
                .allMatch(p -> p.quotes().getFirst().bottom() == 0);
        assertThat(all.subList(1, all.size())).allMatch(p -> p.quotes().getFirst().top() == 0);
    }

    @Test
    void theRuleOfAQuoteThatIsReadFromTheRightIsAtTheRight() {
        List<ParagraphStyle> all = styles("> هذا اقتباس\n>\n> - بند\n>\n> ```\n> code\n> ```");
        assertThat(all)
                .allSatisfy(p ->
                        assertThat(p.quotes())
                                .singleElement()
                                .satisfies(q -> assertThat(q.atRight()).isTrue()));
        assertThat(all.getFirst().padding().right()).isEqualTo(16);
        // What is read from the left has room for it too.
        assertThat(all.getLast().margin().right()).isEqualTo(16);
        assertThat(styles("> text\n>\n> بند").getLast().quotes().getFirst().atRight()).isFalse();
        assertThat(styles("> [!NOTE]\n> بند").getLast().quotes().getFirst().atRight()).isFalse();
    }

    @Test
    void theRuleIsMovedWithItsParagraph() {
        ParagraphStyle moved = styles("> text").getFirst().indented(38);
        assertThat(moved.quotes().getFirst().from()).isEqualTo(38);
        assertThat(moved.margin().left()).isEqualTo(54);
        ParagraphStyle fromTheRight = styles("> بند").getFirst().indented(38);
        assertThat(fromTheRight.quotes().getFirst().from()).isZero();
    }
}
