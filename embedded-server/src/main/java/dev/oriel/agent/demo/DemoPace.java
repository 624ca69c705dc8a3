package dev.oriel.agent.demo;

import java.time.Duration;

/// How fast the demo talks and pretends to work.
public interface DemoPace {
    /// Before the token of that index (from 0) of a block.
    Duration token(int index);

    /// While a tool pretends to run, or a model to begin.
    Duration work();

    /// As a model does: 8 to 20 ms for a token, a third of a second for a tool.
    static DemoPace natural() {
        return new DemoPace() {
            @Override
            public Duration token(int index) {
                // Uneven, but every time the same: a picture taken of the demo can be taken again.
                return Duration.ofMillis(8 + index * 7L % 13);
            }

            @Override
            public Duration work() {
                return Duration.ofMillis(350);
            }
        };
    }

    /// Without any pause, for tests.
    static DemoPace instant() {
        return new DemoPace() {
            @Override
            public Duration token(int index) {
                return Duration.ZERO;
            }

            @Override
            public Duration work() {
                return Duration.ZERO;
            }
        };
    }
}
