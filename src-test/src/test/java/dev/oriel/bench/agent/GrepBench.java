package dev.oriel.bench.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.search.SearchTools;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measures the tool Grep in a folder of many files, with ripgrep and without it, beside the bare
/// program `rg`. `BENCHMARKS.md` has the command.
public final class GrepBench {
    private final Path root;
    private final int rounds;
    private final RecordedCalls calls;
    private final Tool withRipgrep = grep(System.getenv("PATH"));
    private final Tool withoutRipgrep = grep("");

    private GrepBench(Path root, Path own, int rounds) {
        this.root = root;
        this.rounds = rounds;
        this.calls = new RecordedCalls(root, own);
    }

    /// @param args the number of files, their mean size in bytes, rounds
    public static void main(String[] args) throws Exception {
        int files = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int bytes = args.length > 1 ? Integer.parseInt(args[1]) : 6_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 7;
        try (SampleTree tree = SampleTree.of(files, bytes);
                SampleTree own = SampleTree.of(0, 0)) {
            GrepBench bench = new GrepBench(tree.root, own.root, rounds);
            bench.measure("a rare word", "RareException", false);
            bench.measure("a rare word, any case", "rareexception", true);
            bench.measure("an expression with a word", "new \\w+Exception\\(\"x-\\d+", false);
            bench.measure("an expression without one", "[a-z]-[0-9]{2,5}\"", false);
            bench.measure("a frequent word, counted", "return", false, "count");
            bench.measure("a frequent word, lines", "return value 7", false, "content");
        }
    }

    private void measure(String title, String pattern, boolean ignoreCase) throws Exception {
        measure(title, pattern, ignoreCase, "files_with_matches");
    }

    private void measure(String title, String pattern, boolean ignoreCase, String mode)
            throws Exception {
        ObjectNode input =
                Json.object()
                        .put("pattern", pattern)
                        .put("-i", ignoreCase)
                        .put("output_mode", mode);
        String with = call(withRipgrep, input).content().asText();
        if (!with.equals(call(withoutRipgrep, input).content().asText())) {
            throw new IllegalStateException("different results: " + title);
        }
        new Rounds(title)
                .add("rg", () -> bare(pattern, ignoreCase, mode))
                .add("with ripgrep", () -> call(withRipgrep, input))
                .add("without ripgrep", () -> call(withoutRipgrep, input))
                .run(rounds);
    }

    private ToolOutcome call(Tool tool, ObjectNode input) throws InterruptedException {
        return calls.call(tool, input);
    }

    /// The program alone, whose output is read and dropped.
    private void bare(String pattern, boolean ignoreCase, String mode) throws Exception {
        List<String> line = new ArrayList<>(List.of("rg", "--no-config", "--hidden"));
        if (ignoreCase) {
            line.add("--ignore-case");
        }
        line.add(
                switch (mode) {
                    case "count" -> "--count";
                    case "content" -> "--line-number";
                    default -> "--files-with-matches";
                });
        line.addAll(List.of("--glob=!.git", "--regexp=" + pattern, "--", root.toString()));
        Process process = new ProcessBuilder(line).start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0 || output.length == 0) {
            throw new IllegalStateException("rg found nothing: " + pattern);
        }
    }

    private static Tool grep(String searchPath) {
        return SearchTools.all(searchPath).stream()
                .filter(t -> t.name().equals("Grep"))
                .findFirst()
                .orElseThrow();
    }
}
