package dev.oriel.agent.api.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.api.permission.CliVerdicts.Decision;
import dev.oriel.agent.api.permission.PermissionTable.Row;
import dev.oriel.agent.api.permission.PermissionTable.World;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.RealClaude;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The table of permission decisions against the real CLI, which gets the same calls from the same
/// model and asks nobody. Where the CLI decides otherwise, `permissions/cli-differences.tsv` says
/// why; ours is never laxer. A fixed sample is played. With `-Doriel.permissions=PREFIX`, all calls
/// whose id begins so are played, those of that list too.
@Timeout(900)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the table has POSIX paths and links")
class PermissionDifferentialTest {
    private static final List<String> STRICTNESS = List.of("allow", "ask", "deny");

    /// The tools that both have and that need no network.
    private static final Set<String> TOOLS = Set.of("Bash", "Read", "Write");

    /// Modes that the CLI does not have for every user: as root it never leaves out asks, and
    /// `auto` is a feature of accounts.
    private static final Set<String> LEFT_OUT = Set.of("bypassPermissions", "auto");

    // In plan mode, the CLI lets a model judge commands that write, which the fake API has not.

    /// Calls of one process.
    private static final int MAX_CALLS = 40;

    private static final int PROCESSES = 3;

    @TempDir Path temp;

    private record Group(String mode, List<String> rules) {}

    /// @param cli the CLI's verdict
    private record Difference(String cli, String reason) {}

    @Test
    void theCliDecidesAsTheTableSays() throws Exception {
        RealClaude real = RealClaude.orSkip(temp.resolve("home"));
        real.requireVersion("2.1.332", "the table is that of CLI 2.1.332");
        Map<String, Difference> known = differences();
        String prefix = System.getProperty("oriel.permissions");
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(PROCESSES)) {
            List<Future<Map<Row, Decision>>> runs =
                    groups(r ->
                                    prefix == null
                                            ? !known.containsKey(r.id()) && isSample(r)
                                            : r.id().startsWith(prefix))
                            .stream()
                            .map(rows -> threads.submit(() -> play(real, rows)))
                            .toList();
            for (Future<Map<Row, Decision>> run : runs) {
                run.get()
                        .forEach((row, decision) -> {
                            Difference difference = known.get(row.id());
                            expected.put(
                                    row.toString(),
                                    difference == null ? row.expected() : difference.cli);
                            found.put(row.toString(), decision.name());
                        });
            }
        }
        assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(prefix != null || found.size() > 90).isTrue();
    }

    @Test
    void oursIsNeverLaxer() throws IOException {
        Map<String, Difference> known = differences();
        Map<String, Row> rows =
                PermissionTableTest.rows().collect(Collectors.toMap(Row::id, r -> r));
        assertThat(rows).containsKeys(known.keySet().toArray(String[]::new));
        known.forEach((id, difference) -> {
            boolean isVerdict = STRICTNESS.contains(difference.cli);
            assertThat(isVerdict || difference.cli.equals("fault")).as(id).isTrue();
            if (isVerdict) {
                Row row = Objects.requireNonNull(rows.get(id));
                assertThat(STRICTNESS.indexOf(row.expected()))
                        .as(row.toString())
                        .isGreaterThan(STRICTNESS.indexOf(difference.cli));
            }
        });
    }

    private Map<Row, Decision> play(RealClaude real, List<Row> rows) throws Exception {
        World world = World.create(Files.createTempDirectory(temp, "w").toRealPath());
        try (FakeMessagesApi api = FakeMessagesApi.start();
                ClaudeCli cli = new ClaudeCli(real.settings(), real.machine(api))) {
            List<Decision> decisions = CliVerdicts.of(cli, api, world, rows);
            assertThat(decisions).hasSameSizeAs(rows);
            Map<Row, Decision> played = new LinkedHashMap<>();
            for (int i = 0; i < rows.size(); i++) {
                played.put(rows.get(i), decisions.get(i));
            }
            return played;
        }
    }

    private static boolean isSample(Row row) {
        return Integer.parseInt(row.id().substring(1)) % 4 == 0;
    }

    private static List<List<Row>> groups(Predicate<Row> isPlayed) {
        Map<Group, List<Row>> groups = new LinkedHashMap<>();
        PermissionTableTest.rows()
                .filter(r -> TOOLS.contains(r.tool()) && !LEFT_OUT.contains(r.mode()))
                .filter(r -> !(r.mode().equals("plan") && r.expected().equals("ask")))
                .filter(isPlayed)
                .forEach(r ->
                        groups.computeIfAbsent(
                                        new Group(r.mode(), r.rules()), g -> new ArrayList<>())
                                .add(r));
        List<List<Row>> parts = new ArrayList<>();
        for (List<Row> rows : groups.values()) {
            for (int i = 0; i < rows.size(); i += MAX_CALLS) {
                parts.add(rows.subList(i, Math.min(i + MAX_CALLS, rows.size())));
            }
        }
        return parts;
    }

    /// By the rows' ids.
    private static Map<String, Difference> differences() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(
                        PermissionDifferentialTest.class.getResourceAsStream(
                                "/permissions/cli-differences.tsv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> l.split("\t", -1))
                    .collect(Collectors.toMap(l -> l[0], l -> new Difference(l[1], l[2])));
        }
    }
}
