package dev.oriel.agent.demo;

import java.time.Duration;

/// The delays of the demo.
public interface DemoPace {
    /// The delay before a token.
    ///
    /// @param index the token's index in its block, from 0
    Duration token(int index);

    /// The delay of a simulated tool call, and of a simulated model before its first token.
    Duration work();

    /// Delays similar to a model's: 8 to 20 ms per token, 350 ms per tool call.
    static DemoPace natural() {
        return new DemoPace() {
            @Override
            public Duration token(int index) {
                // Irregular but deterministic, so that screenshots can be reproduced.
                return Duration.ofMillis(8 + index * 7L % 13);
            }

            @Override
            public Duration work() {
                return Duration.ofMillis(350);
            }
        };
    }

    /// Without delays, for tests.
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
