package dev.oriel.app.highlight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When colours are computed, and for which lines they are known. The colourer of these tests gives
/// each line one span, whose start is the number of the line.
class CodeHighlighterTest {
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final List<String> colored = new ArrayList<>();
    private final CodeHighlighter highlighter =
            new CodeHighlighter(Runnable::run, background::add, this::color);
    private int news;

    private LineColorer.Colored color(Language language, String line, @Nullable Object state) {
        colored.add(line);
        int number = state == null ? 0 : (int) state;
        return new LineColorer.Colored(span(number), number + 1, line.length());
    }

    private static Spans span(int number) {
        return new Spans(List.of(new Spans.Span(number, number + 1, SyntaxClass.KEYWORD)));
    }

    private static List<String> lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
    }

    private ColoredLines ask(String... lines) {
        return highlighter.of(Language.JAVA, List.of(lines));
    }

    private void runAll() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    @Test
    void nothingIsKnownAtOnceAndAllLater() {
        highlighter.subscribe(() -> news++);
        assertThat(ask("a", "b")).isEqualTo(new ColoredLines(List.of(), false));
        assertThat(colored).isEmpty();

        runAll();

        assertThat(news).isEqualTo(1);
        assertThat(ask("a", "b")).isEqualTo(new ColoredLines(List.of(span(0), span(1)), true));
        assertThat(background).isEmpty();
    }

    @Test
    void withoutALanguageOrLinesNothingIsAskedOfTheBackground() {
        assertThat(highlighter.of(null, List.of("a"))).isEqualTo(ColoredLines.PLAIN);
        assertThat(highlighter.of(Language.JAVA, List.of())).isEqualTo(ColoredLines.PLAIN);
        assertThat(background).isEmpty();
    }

    @Test
    void theSameCodeIsColouredOnce() {
        ask("a");
        ask("a");
        runAll();
        ask("a");
        assertThat(colored).containsExactly("a");
        assertThat(background).isEmpty();
    }

    @Test
    void codeOfAnotherLanguageIsOtherCode() {
        ask("a");
        highlighter.of(Language.GO, List.of("a"));
        runAll();
        assertThat(colored).containsExactly("a", "a");
    }

    @Test
    void ofGrowingCodeOnlyTheOpenLineIsColouredAgain() {
        ask("a", "b");
        runAll();
        colored.clear();
        ask("a", "bc");
        ask("a", "bcd", "");
        runAll();
        assertThat(colored).containsExactly("bcd", "");
    }

    @Test
    void theOpenLineKeepsItsColoursUntilThoseOfTheLongerLineAreKnown() {
        ask("a", "b");
        runAll();
        ColoredLines longer = ask("a", "bc");
        assertThat(longer.spans()).containsExactly(span(0), span(1));
        assertThat(longer.complete()).isFalse();
        // Also over several steps that are not coloured in time.
        assertThat(ask("a", "bcd").spans()).containsExactly(span(0), span(1));
        assertThat(ask("a", "bcd", "e").spans()).containsExactly(span(0), span(1));
    }

    @Test
    void anotherLineInItsPlaceDoesNotInheritColours() {
        ask("a", "b");
        runAll();
        assertThat(ask("a", "x").spans()).containsExactly(span(0));
        assertThat(ask("y").spans()).isEmpty();
    }

    @Test
    void codeThatIsReplacedWhileItIsColouredPassesItsColoursOn() {
        List<ColoredLines> duringSlice = new ArrayList<>();
        CodeHighlighter[] own = new CodeHighlighter[1];
        own[0] =
                new CodeHighlighter(
                        Runnable::run,
                        background::add,
                        (language, line, state) -> {
                            if (line.equals("b")) {
                                // A frame later, while the slice still runs.
                                duringSlice.add(own[0].of(Language.JAVA, List.of("a", "b", "c")));
                            }
                            return color(language, line, state);
                        });
        own[0].of(Language.JAVA, List.of("a", "b"));
        background.remove().run();
        assertThat(duringSlice.getFirst().spans()).isEmpty();
        assertThat(own[0].of(Language.JAVA, List.of("a", "b", "c")).spans())
                .containsExactly(span(0), span(1));
        runAll();
        assertThat(colored).containsExactly("a", "b", "c");
    }

    @Test
    void growingCodeComesBeforeCodeThatWaits() {
        ask("a");
        runAll();
        colored.clear();
        ask("x");
        ask("y");
        ask("a", "b");
        runAll();
        assertThat(colored).containsExactly("b", "x", "y");
    }

    @Test
    void longCodeIsColouredInSlicesBetweenOthers() {
        highlighter.of(Language.JAVA, lines(250));
        ask("short");
        background.remove().run();
        assertThat(colored).hasSize(CodeHighlighter.SLICE_LINES);
        background.remove().run();
        assertThat(colored.getLast()).isEqualTo("short");
        runAll();
        assertThat(colored).hasSize(251);
    }

    @Test
    void longCodeIsAnnouncedFewerTimesThanItHasSlices() {
        highlighter.subscribe(() -> news++);
        highlighter.of(Language.JAVA, lines(CodeHighlighter.MAX_LINES));
        runAll();
        assertThat(news).isBetween(3, 8);
    }

    @Test
    void linesBeyondTheLimitsStayPlainAndTheRestIsComplete() {
        List<String> many = lines(CodeHighlighter.MAX_LINES + 5);
        highlighter.of(Language.JAVA, many);
        runAll();
        ColoredLines known = highlighter.of(Language.JAVA, many);
        assertThat(known.complete()).isTrue();
        assertThat(known.spans()).hasSize(CodeHighlighter.MAX_LINES);
        assertThat(known.line(CodeHighlighter.MAX_LINES)).isEqualTo(Spans.NONE);

        List<String> wide = Collections.nCopies(100, "x".repeat(CodeHighlighter.MAX_CHARS / 10));
        highlighter.of(Language.GO, wide);
        runAll();
        assertThat(highlighter.of(Language.GO, wide).spans()).hasSize(10);
    }

    @Test
    void codeThatIsTooExpensiveStaysPlainFromThereOn() {
        CodeHighlighter own =
                new CodeHighlighter(
                        Runnable::run,
                        background::add,
                        (_, _, _) ->
                                new LineColorer.Colored(
                                        Spans.NONE, null, CodeHighlighter.MAX_COST / 2));
        own.of(Language.JAVA, lines(10));
        runAll();
        ColoredLines known = own.of(Language.JAVA, lines(10));
        assertThat(known.complete()).isTrue();
        assertThat(known.spans()).hasSize(3);
    }

    @Test
    void oldCodeIsForgottenAndCodeThatWaitsIsNot() {
        List<String> waiting = lines(10);
        for (int i = 0; i < 30; i++) {
            List<String> block = new ArrayList<>(Collections.nCopies(999, "x"));
            block.addFirst("block " + i);
            highlighter.of(Language.JAVA, block);
            runAll();
        }
        colored.clear();
        highlighter.of(Language.JAVA, waiting);
        List<String> first = new ArrayList<>(Collections.nCopies(999, "x"));
        first.addFirst("block 0");
        assertThat(highlighter.of(Language.JAVA, first).complete()).isFalse();
        runAll();
        assertThat(highlighter.of(Language.JAVA, waiting).complete()).isTrue();
        assertThat(colored).hasSize(1_010);
    }

    @Test
    void aListenerThatWasRemovedHearsNothing() {
        highlighter.subscribe(() -> news++).run();
        ask("a");
        runAll();
        assertThat(news).isZero();
    }

    /// Whatever the order of questions and slices, the colours in the end are those of the whole.
    @Test
    void growingInAnyStepsGivesTheColoursOfTheWhole() {
        Random random = new Random(4);
        String whole = String.join("\n", lines(40));
        for (int round = 0; round < 50; round++) {
            int end = 0;
            while (end < whole.length()) {
                end = Math.min(whole.length(), end + 1 + random.nextInt(40));
                List<String> sofar = List.of(whole.substring(0, end).split("\n", -1));
                ColoredLines known = highlighter.of(Language.JAVA, sofar);
                for (int i = 0; i < known.spans().size(); i++) {
                    assertThat(known.line(i)).isEqualTo(span(i));
                }
                for (int i = random.nextInt(3); i > 0 && !background.isEmpty(); i--) {
                    background.remove().run();
                }
            }
            runAll();
            ColoredLines known = highlighter.of(Language.JAVA, lines(40));
            assertThat(known.complete()).isTrue();
            assertThat(known.spans()).hasSize(40);
        }
    }

    @Test
    void manyThreadsMayAskAtOnce() throws InterruptedException {
        AtomicInteger heard = new AtomicInteger();
        List<Language> languages =
                List.of(Language.JAVA, Language.GO, Language.PYTHON, Language.RUST);
        try (ExecutorService slices = Executors.newSingleThreadExecutor();
                ExecutorService askers = Executors.newFixedThreadPool(4)) {
            CodeHighlighter own =
                    new CodeHighlighter(
                            Runnable::run,
                            slices,
                            (_, _, state) -> {
                                int number = state == null ? 0 : (int) state;
                                return new LineColorer.Colored(span(number), number + 1, 1);
                            });
            own.subscribe(heard::incrementAndGet);
            for (int t = 0; t < 4; t++) {
                int own1 = t;
                askers.execute(() -> {
                    for (int i = 1; i < 200; i++) {
                        own.of(languages.get(own1), lines(i));
                    }
                });
            }
            askers.shutdown();
            assertThat(askers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            for (int t = 0; t < 4; t++) {
                while (!own.of(languages.get(t), lines(199)).complete()) {
                    Thread.onSpinWait();
                }
                assertThat(own.of(languages.get(t), lines(199)).line(198)).isEqualTo(span(198));
            }
        }
        assertThat(heard).hasPositiveValue();
    }
}
