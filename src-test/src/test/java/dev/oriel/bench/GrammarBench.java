package dev.oriel.bench;

import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.highlight.Language;
import dev.oriel.app.highlight.LanguageSamples;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Measures how many lines of code are coloured in a second of processor time, without a window, by
/// language. Other programs on the machine hardly count.
///
/// Arguments: seconds for each language (3), languages (all with a sample).
/// `src-test/BENCHMARKS.md` has the command.
public final class GrammarBench {
    private GrammarBench() {}

    public static void main(String[] args) {
        double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 3;
        List<Language> languages = new ArrayList<>(LanguageSamples.ALL.keySet());
        if (args.length > 1) {
            languages =
                    Arrays.stream(args)
                            .skip(1)
                            .map(name -> Language.valueOf(name.toUpperCase(Locale.ROOT)))
                            .toList();
        }
        CodeHighlighter highlighter = new CodeHighlighter(Runnable::run, Runnable::run);
        System.out.println(
                "language, first 100 lines ms, then lines/s, kB/s, bytes allocated a line");
        for (Language language : languages) {
            List<String> sample = new ArrayList<>();
            while (sample.size() < 100) {
                sample.addAll(LanguageSamples.of(language).code().lines().toList());
            }
            Run first = color(highlighter, language, sample, 0, 0);
            color(highlighter, language, sample, first.lines(), seconds);
            Run warm = color(highlighter, language, sample, 1_000_000, seconds);
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %6.0f %,9.0f %,7.0f %,9d%n",
                    language.displayName(),
                    first.seconds() * 1e3,
                    warm.lines() / warm.seconds(),
                    warm.chars() / warm.seconds() / 1e3,
                    warm.allocated() / warm.lines());
        }
    }

    /// @param seconds of processor time
    /// @param allocated bytes
    private record Run(long lines, long chars, double seconds, long allocated) {}

    /// Colours the sample until the time is over, at least once, each time as other code.
    private static Run color(
            CodeHighlighter highlighter,
            Language language,
            List<String> sample,
            long number,
            double seconds) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long chars = sample.stream().mapToLong(String::length).sum();
        long start = threads.getCurrentThreadCpuTime();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long end = start + (long) (seconds * 1e9);
        int times = 0;
        do {
            List<String> code = new ArrayList<>(sample);
            code.addFirst("x" + (number + times));
            highlighter.of(language, code);
            times++;
        } while (threads.getCurrentThreadCpuTime() < end);
        return new Run(
                (long) times * sample.size(),
                times * chars,
                (threads.getCurrentThreadCpuTime() - start) / 1e9,
                threads.getCurrentThreadAllocatedBytes() - allocated);
    }
}
