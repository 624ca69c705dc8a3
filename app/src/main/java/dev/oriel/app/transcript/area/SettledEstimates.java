package dev.oriel.app.transcript.area;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.fxmisc.flowless.Virtualized;
import org.jspecify.annotations.Nullable;
import org.reactfx.value.Val;
import org.reactfx.value.Var;

/// The estimates of an area for observers such as scroll bars. They settle after the layout of each
/// frame; while the area is in no scene, at once. Belongs to the JavaFX thread.
final class SettledEstimates {
    private final Runnable settle = this::settle;
    private final SettledEstimate width;
    private final SettledEstimate height;
    private final SettledEstimate scrolled;
    private final Var<Double> scrollY;
    private @Nullable Scene scene;

    /// @param flow gives the estimates
    SettledEstimates(Node area, Virtualized flow) {
        width = new SettledEstimate(flow.totalWidthEstimateProperty(), this::changed);
        height = new SettledEstimate(flow.totalHeightEstimateProperty(), this::changed);
        scrolled = new SettledEstimate(flow.estimatedScrollYProperty(), this::changed);
        scrollY = scrolled.value().asVar(y -> flow.estimatedScrollYProperty().setValue(y));
        area.sceneProperty().subscribe(this::moveTo);
    }

    private void moveTo(@Nullable Scene next) {
        if (scene != null) {
            scene.removePostLayoutPulseListener(settle);
        }
        scene = next;
        if (next != null) {
            next.addPostLayoutPulseListener(settle);
        }
        settle();
    }

    private void changed() {
        if (scene == null) {
            settle();
        }
    }

    private void settle() {
        List.of(width, height, scrolled).forEach(SettledEstimate::settle);
    }

    Val<Double> width() {
        return width.value();
    }

    Val<Double> height() {
        return height.value();
    }

    Var<Double> scrollY() {
        return scrollY;
    }
}
