package dev.oriel.testing.data;

import java.util.ArrayList;
import java.util.List;
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
}
