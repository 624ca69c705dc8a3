package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownSequenceTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void partsAreClosedOnceInTheirOrder() {
        ShutdownSequence sequence =
                new ShutdownSequence(
                        List.of(() -> closed.add("first"), () -> closed.add("second")));
        sequence.run();
        sequence.run();
        assertThat(closed).containsExactly("first", "second");
    }

    @Test
    void aPartThatFailsDoesNotKeepTheNextOneOpen() {
        ShutdownSequence sequence =
                new ShutdownSequence(
                        List.of(
                                () -> {
                                    throw new IllegalStateException("a failure of the test");
                                },
                                () -> closed.add("second")));
        sequence.run();
        assertThat(closed).containsExactly("second");
    }
}
