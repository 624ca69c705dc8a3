package dev.oriel.app.usage;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.keyboard.Shortcuts;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows under the composer how much of the context is used, as a ring and a number, and opens the
/// panel about it. A context that is filling up is marked by a triangle and a word.
public final class ContextRing extends Button {
    private static final PseudoClass HIGH = PseudoClass.getPseudoClass("high");
    private static final PseudoClass FULL = PseudoClass.getPseudoClass("full");
    private static final double RADIUS = 5.5;
    private static final double SIZE = 14;

    private final Arc arc = new Arc(SIZE / 2, SIZE / 2, RADIUS, RADIUS, 90, 0);
    private final Pane ring = new Pane();
    private final Tooltip tooltip = Controls.tooltip();

    /// @param open opens the panel
    public ContextRing(ObservableValue<ContextUse> use, Runnable open) {
        Controls.withoutMnemonics(this);
        setId("context");
        getStyleClass().addAll("chip", "context-ring");
        Circle track = new Circle(SIZE / 2, SIZE / 2, RADIUS);
        track.getStyleClass().add("track");
        arc.setType(ArcType.OPEN);
        arc.getStyleClass().add("arc");
        ring.getChildren().addAll(track, arc);
        ring.setMinSize(SIZE, SIZE);
        ring.setMaxSize(SIZE, SIZE);
        setMinWidth(USE_PREF_SIZE);
        setTooltip(tooltip);
        setOnAction(_ -> open.run());
        use.subscribe(this::update);
    }

    private void update(ContextUse use) {
        setVisible(use.isKnown());
        setManaged(use.isKnown());
        String warning = use.warning();
        arc.setLength(-360 * use.share());
        Node icon = warning.isEmpty() ? ring : new FontIcon(Feather.ALERT_TRIANGLE);
        setGraphic(icon);
        Controls.setText(this, use.shortText() + (warning.isEmpty() ? "" : " · " + warning));
        String words =
                "Context: " + use.longText() + (warning.isEmpty() ? "" : ", " + warning) + ".";
        setAccessibleText(words);
        Controls.setText(
                tooltip,
                Shortcuts.withKeys(words + " Opens what it holds, and costs.", "Shortcut+Shift+U"));
        pseudoClassStateChanged(HIGH, use.level() == ContextUse.Level.HIGH);
        pseudoClassStateChanged(FULL, use.level() == ContextUse.Level.FULL);
    }
}
