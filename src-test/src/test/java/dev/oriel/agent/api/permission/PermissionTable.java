package dev.oriel.agent.api.permission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/// The table of permission decisions, `permissions/*.tsv`: id, mode, rules (`deny:Bash(rm:*);
/// dir:/x`), tool, input, expected verdict, that of the CLI (2.1.332). `$P` is the session's
/// folder, `$O` a folder outside, `$H` the home folder.
final class PermissionTable {
    private PermissionTable() {}

    record Row(
            String id,
            String mode,
            List<String> rules,
            String tool,
            String input,
            String expected,
            String cli) {
        @Override
        public String toString() {
            return id + " " + tool + " " + input;
        }
    }

    static List<Row> read(String name) {
        try (InputStream file = PermissionTable.class.getResourceAsStream("/permissions/" + name)) {
            if (file == null) {
                throw new IOException("no table " + name);
            }
            List<Row> rows = new ArrayList<>();
            for (String line :
                    new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] c = line.split("\t", -1);
                    List<String> rules = c[2].isBlank() ? List.of() : List.of(c[2].split("; "));
                    rows.add(new Row(c[0], c[1], rules, c[3], c[4], c[5], c[6]));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folders in which the rows are judged.
    record World(Path folder, Path outside, Path home) {
        static World create(Path base) throws IOException {
            World world =
                    new World(
                            base.resolve("project"), base.resolve("outside"), base.resolve("home"));
            for (String name : List.of("sub", "secret", ".claude", ".git")) {
                Files.createDirectories(world.folder.resolve(name));
            }
            Files.createDirectories(world.home.resolve("x"));
            Files.createDirectories(world.outside);
            for (String name : List.of("a.txt", "secret/k", ".env", "sub/.env", "sub/a.pem")) {
                Files.writeString(world.folder.resolve(name), "one\n");
            }
            Files.writeString(world.home.resolve("x/y"), "h");
            Files.writeString(world.outside.resolve("o.txt"), "secret\n");
            Files.createSymbolicLink(world.folder.resolve("lsecret"), Path.of("secret"));
            Files.createSymbolicLink(world.folder.resolve("slink"), world.outside);
            Files.createSymbolicLink(world.folder.resolve("link"), world.outside);
            Files.createSymbolicLink(world.folder.resolve("sub/out"), world.outside);
            return world;
        }

        private String fill(String text) {
            // Not the beginnings of names such as `$HOME`.
            return text.replaceAll("\\$P(?![A-Z])", Matcher.quoteReplacement(folder.toString()))
                    .replaceAll("\\$O(?![A-Z])", Matcher.quoteReplacement(outside.toString()))
                    .replaceAll("\\$H(?![A-Z])", Matcher.quoteReplacement(home.toString()));
        }

        /// Writes the rules of a row to the local settings.
        void writeSettings(Row row) throws IOException {
            ObjectNode settings = Json.object();
            ObjectNode permissions = settings.putObject("permissions");
            for (String rule : row.rules) {
                int colon = rule.indexOf(':');
                String kind = rule.substring(0, colon);
                permissions
                        .withArray(kind.equals("dir") ? "additionalDirectories" : kind)
                        .add(fill(rule.substring(colon + 1)));
            }
            Files.writeString(folder.resolve(".claude/settings.local.json"), settings.toString());
        }

        ObjectNode input(Row row) {
            return Json.parseStored(fill(row.input));
        }

        Verdict judge(Row row) throws IOException {
            return judge(engine(row), row);
        }

        /// An engine with the rules and the mode of a row.
        PermissionEngine engine(Row row) throws IOException {
            writeSettings(row);
            Path data = home.resolve("oriel");
            return PermissionEngine.create(
                    folder,
                    home,
                    data.resolve("private"),
                    data,
                    List.of(),
                    row.mode,
                    row.mode.equals("bypassPermissions"),
                    true);
        }

        Verdict judge(PermissionEngine engine, Row row) {
            ObjectNode input = input(row);
            return engine.judge(
                    new ToolRequest("toolu_1", row.tool, input), needs(row.tool, input));
        }

        private ToolNeeds needs(String tool, ObjectNode input) {
            return switch (tool) {
                case "Bash", "PowerShell" ->
                        ToolNeeds.running(input.path("command").asText(), folder);
                case "Read" -> ToolNeeds.reading(input.path("file_path").asText());
                case "Grep", "Glob", "LS" -> ToolNeeds.reading(input.path("path").asText("."));
                case "Write", "Edit", "MultiEdit" ->
                        ToolNeeds.writing(input.path("file_path").asText());
                case "NotebookEdit" -> ToolNeeds.writing(input.path("notebook_path").asText());
                case "WebFetch" ->
                        ToolNeeds.connecting(URI.create(input.path("url").asText()).getHost());
                case "TodoWrite" -> ToolNeeds.harmless();
                case "AskUserQuestion", "ExitPlanMode" -> ToolNeeds.user();
                default -> ToolNeeds.unknown();
            };
        }
    }

    static String name(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow _ -> "allow";
            case Verdict.Ask _ -> "ask";
            case Verdict.Deny _ -> "deny";
        };
    }
}
