package dev.oriel.bench.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.search.SearchTools;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// Measures the tool Glob in a folder of many files, beside a bare walk of Java through it.
/// `BENCHMARKS.md` has the command.
public final class GlobBench {
    private GlobBench() {}

    /// @param args the number of files, rounds
    public static void main(String[] args) throws Exception {
        int files = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        Tool glob =
                SearchTools.all("").stream()
                        .filter(t -> t.name().equals("Glob"))
                        .findFirst()
                        .orElseThrow();
        try (SampleTree tree = SampleTree.of(files, 0);
                SampleTree own = SampleTree.of(0, 0)) {
            RecordedCalls calls = new RecordedCalls(tree.root, own.root);
            Rounds all =
                    new Rounds(files + " files").add("bare walk", () -> walk(tree.root, files));
            for (String pattern :
                    new String[] {
                        "**/*.java", "*77.md", "module7/**/p1*/*.java", "**/src/part3/**/*.{md,o}"
                    }) {
                ObjectNode input = Json.object().put("pattern", pattern);
                all.add(pattern, () -> call(calls, glob, input));
            }
            all.run(rounds);
        }
    }

    private static void call(RecordedCalls calls, Tool glob, ObjectNode input)
            throws InterruptedException {
        ToolOutcome outcome = calls.call(glob, input);
        if (outcome.structured().path("totalMatches").asInt() == 0) {
            throw new IllegalStateException(outcome.content().asText());
        }
    }

    private static void walk(Path root, int files) throws IOException {
        int[] count = {0};
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        count[0]++;
                        return FileVisitResult.CONTINUE;
                    }
                });
        if (count[0] < files) {
            throw new IllegalStateException("only " + count[0] + " files");
        }
    }
}
