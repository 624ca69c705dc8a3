package dev.oriel.bench.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.permission.PermissionEngine;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;

/// Measures verdicts of permissions beside the floor of each: the five settings files are looked at
/// for changes. `BENCHMARKS.md` has the command.
public final class PermissionBench {
    private static final int ROUNDS = 7;

    private final Path root;
    private final PermissionEngine engine;
    private final int count;

    private PermissionBench(Path root, int count) {
        this.root = root;
        this.count = count;
        this.engine =
                PermissionEngine.create(
                        root.resolve("project"),
                        root.resolve("home"),
                        root.resolve("private"),
                        root.resolve("data"),
                        List.of(),
                        "default",
                        false,
                        true);
    }

    /// @param args verdicts in a round, rules
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 5_000;
        int rules = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        try (SampleTree tree = SampleTree.of(0, 0)) {
            for (String name : List.of("project/.claude", "project/src", "home", "data")) {
                Files.createDirectories(tree.root.resolve(name));
            }
            Files.writeString(tree.root.resolve("project/src/Main.java"), "class Main {}\n");
            Files.writeString(
                    tree.root.resolve("project/.claude/settings.json"), settings(rules).toString());
            PermissionBench bench = new PermissionBench(tree.root, count);
            bench.measure("the settings files alone", bench::lookAtFiles);
            bench.measure("Read", () -> bench.judge("Read", ToolNeeds.reading("src/Main.java")));
            bench.measure("Edit", () -> bench.judge("Edit", ToolNeeds.writing("src/Main.java")));
            bench.bash("git status");
            bench.bash("ls -la src | grep Main | head -n 5");
            bench.bash("cd src && grep -rn \"class\" . && wc -l Main.java; git log --oneline -5");
            bench.bash("npm run build 2>&1 | tee build.log");
        }
    }

    private static ObjectNode settings(int rules) {
        ObjectNode settings = Json.object();
        ObjectNode permissions = settings.putObject("permissions");
        ArrayNode allow = permissions.putArray("allow");
        ArrayNode deny = permissions.putArray("deny");
        for (int i = 0; i < rules; i++) {
            switch (i % 4) {
                case 0 -> allow.add("Bash(tool" + i + " run:*)");
                case 1 -> deny.add("Read(./secret" + i + "/**)");
                case 2 -> allow.add("Edit(generated" + i + "/*.java)");
                default -> deny.add("Bash(remove" + i + ":*)");
            }
        }
        return settings;
    }

    private void bash(String command) throws IOException {
        measure("Bash " + command, () -> judge("Bash", ToolNeeds.running(command)));
    }

    private void judge(String tool, ToolNeeds needs) {
        ObjectNode input = Json.object();
        if (needs.command() != null) {
            input.put("command", needs.command());
        }
        engine.judge(new ToolRequest("toolu_1", tool, input), needs);
    }

    private void lookAtFiles() throws IOException {
        for (String name :
                List.of(
                        "home/.claude/settings.json",
                        "project/.claude/settings.json",
                        "project/.claude/settings.local.json",
                        "data/permissions.json",
                        "managed.json")) {
            if (Files.exists(root.resolve(name))) {
                Files.readAttributes(root.resolve(name), BasicFileAttributes.class);
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private void measure(String name, Action action) throws IOException {
        double best = Double.MAX_VALUE;
        double first = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                action.run();
                if (round == 0 && i == 0) {
                    first = (System.nanoTime() - start) / 1e3;
                }
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e3 / count);
        }
        System.out.printf(Locale.ROOT, "%s: %.1f µs, first %.0f µs%n", name, best, first);
    }
}
