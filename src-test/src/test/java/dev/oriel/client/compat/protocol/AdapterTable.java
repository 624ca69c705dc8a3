package dev.oriel.client.compat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// The table of a reducer: one row for a state and an event.
final class AdapterTable<S> {
    private final ProtocolAdapter<S> adapter;
    private final List<DynamicTest> rows = new ArrayList<>();

    AdapterTable(ProtocolAdapter<S> adapter) {
        this.adapter = adapter;
    }

    /// Adds a row.
    ///
    /// @param effects in the words of [EffectSummary]
    AdapterTable<S> row(String name, S before, ProtocolEvent event, S after, String... effects) {
        rows.add(
                DynamicTest.dynamicTest(
                        name,
                        () -> {
                            ProtocolAdapter.Step<S> step = adapter.on(before, event);
                            assertThat(EffectSummary.summarize(step.effects()))
                                    .containsExactly(effects);
                            assertThat(step.state()).isEqualTo(after);
                            // Pure: the same again.
                            assertThat(adapter.on(before, event)).isEqualTo(step);
                        }));
        return this;
    }

    /// A received frame.
    ///
    /// @param loose JSON with single quotes
    static ProtocolEvent frame(String loose) {
        return new ProtocolEvent.FrameReceived(EffectSummary.frame(loose));
    }

    List<DynamicTest> tests() {
        return rows;
    }
}
