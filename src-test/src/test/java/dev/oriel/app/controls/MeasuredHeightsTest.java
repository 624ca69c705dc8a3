package dev.oriel.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredHeightsTest {
    private final MeasuredHeights heights = new MeasuredHeights();
    private final List<Double> measured = new ArrayList<>();

    private double of(double width) {
        return heights.of(
                width,
                w -> {
                    measured.add(w);
                    return w * 2;
                });
    }

    @Test
    void aHeightIsMeasuredOnceForEachWidth() {
        assertThat(of(100)).isEqualTo(200);
        assertThat(of(-1)).isEqualTo(-2);
        assertThat(of(100)).isEqualTo(200);
        assertThat(of(-1)).isEqualTo(-2);
        assertThat(measured).containsExactly(100.0, -1.0);
    }

    @Test
    void heightsAreMeasuredAgainAfterALayoutRequest() {
        of(100);
        MeasuredHeights.clear(heights);
        of(100);
        assertThat(measured).containsExactly(100.0, 100.0);
    }

    @Test
    void theNumberOfKeptHeightsIsBounded() {
        for (int width = 0; width < 1_000; width++) {
            assertThat(of(width)).isEqualTo(width * 2);
        }
        of(999);
        of(0);
        assertThat(measured).hasSize(1_001);
    }
}
