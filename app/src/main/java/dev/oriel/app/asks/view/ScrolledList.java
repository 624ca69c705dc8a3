package dev.oriel.app.asks.view;

import javafx.css.PseudoClass;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/// Scrolls the fields or questions of an ask, from a part of the window's height on. While it
/// scrolls, the style sheet keeps its content clear of the scroll bar.
final class ScrolledList extends ScrollPane {
    private static final PseudoClass SCROLLED = PseudoClass.getPseudoClass("scrolled");

    /// The greatest part of the window's height.
    private static final double SHARE = 0.5;

    private final Region list;

    ScrolledList(Region list) {
        super(list);
        this.list = list;
        setFitToWidth(true);
        setFocusTraversable(false);
        getStyleClass().add("ask-scroll");
        setMinHeight(AskScrollPane.LEAST);
        sceneProperty()
                .subscribe(scene -> {
                    maxHeightProperty().unbind();
                    if (scene != null) {
                        maxHeightProperty().bind(scene.heightProperty().multiply(SHARE));
                    }
                });
        list.heightProperty().subscribe(_ -> keepClear());
        viewportBoundsProperty().subscribe(_ -> keepClear());
    }

    private void keepClear() {
        double room = getViewportBounds().getHeight();
        list.pseudoClassStateChanged(SCROLLED, room > 0 && list.getHeight() > room + 1);
    }
}
