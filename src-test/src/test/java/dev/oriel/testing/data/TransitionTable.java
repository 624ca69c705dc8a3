package dev.oriel.testing.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// A table of state transitions as text: a column for each trigger, a row for each state, with `|`
/// between the cells.
public final class TransitionTable {
    private TransitionTable() {}

    /// The cells of a table as arguments of a parameterized test: state, trigger, cell.
    ///
    /// @param table the first line contains the triggers
    public static Stream<Arguments> cells(String table) {
        List<String[]> rows = table.lines().map(l -> l.split("\\|")).toList();
        List<Arguments> cells = new ArrayList<>();
        for (String[] row : rows.subList(1, rows.size())) {
            for (int i = 1; i < row.length; i++) {
                cells.add(Arguments.of(row[0].strip(), rows.getFirst()[i].strip(), row[i].strip()));
            }
        }
        return cells.stream();
    }

    /// The one of some states or triggers whose class has this simple name.
    public static <T> T byName(String name, List<T> all) {
        return all.stream()
                .filter(each -> each.getClass().getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Fails unless a trigger leads from a state to the one that the cell names. The cell `!` means
    /// that the trigger is illegal: an `IllegalStateException` must name state and trigger.
    public static <S, T> void assertCell(
            String from,
            String trigger,
            String cell,
            List<S> states,
            List<T> triggers,
            BiFunction<S, T, S> on) {
        S state = byName(from, states);
        T occurs = byName(trigger, triggers);
        if (cell.equals("!")) {
            assertThatThrownBy(() -> on.apply(state, occurs))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(from)
                    .hasMessageContaining(trigger);
        } else {
            assertThat(on.apply(state, occurs)).isEqualTo(byName(cell, states));
        }
    }

    /// Fails unless a table has a row for each state and a column for each trigger.
    ///
    /// @param state the sealed type of the states
    /// @param trigger the sealed type of the triggers
    public static void assertComplete(String table, Class<?> state, Class<?> trigger) {
        assertThat(cells(table).map(a -> a.get()[0]).distinct())
                .hasSize(state.getPermittedSubclasses().length);
        assertThat(cells(table).map(a -> a.get()[1]).distinct())
                .hasSize(trigger.getPermittedSubclasses().length);
    }
}
