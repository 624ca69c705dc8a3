package dev.oriel.agent.api.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.api.permission.PermissionTable.Row;
import dev.oriel.agent.api.permission.PermissionTable.World;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each row of the table of permission decisions.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the table has POSIX paths and links")
class PermissionTableTest {
    private static final List<String> STRICTNESS = List.of("allow", "ask", "deny");

    @TempDir Path base;

    @SuppressWarnings("NullAway.Init")
    private World world;

    @BeforeEach
    void createWorld() throws Exception {
        world = World.create(base);
    }

    static Stream<Row> rows() {
        return Stream.of(
                        "commands.tsv", "rules.tsv", "hostile.tsv", "attacks.tsv", "structures.tsv")
                .flatMap(name -> PermissionTable.read(name).stream());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aCallIsJudgedAsTheTableSays(Row row) throws Exception {
        assertThat(PermissionTable.name(world.judge(row))).isEqualTo(row.expected());
    }

    @Test
    void noRowIsLaxerThanTheCli() {
        assertThat(rows())
                .allSatisfy(row ->
                        assertThat(
                                        row.cli().equals("-")
                                                || STRICTNESS.indexOf(row.expected())
                                                        >= STRICTNESS.indexOf(row.cli()))
                                .isTrue());
    }

    @Test
    void theTableIsLarge() {
        assertThat(rows().count()).isGreaterThan(250);
        assertThat(rows().map(Row::id)).doesNotHaveDuplicates();
    }
}
