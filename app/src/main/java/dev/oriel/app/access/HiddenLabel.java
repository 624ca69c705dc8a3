package dev.oriel.app.access;

import dev.oriel.app.controls.Controls;
import javafx.scene.Node;
import javafx.scene.control.Label;

/// The accessible name of a field without a visible label. It is a node beside the field that takes
/// no room.
///
/// Screen readers read the accessible text of a text field *instead of* its content, so a field is
/// named by a label and never by accessible text.
public final class HiddenLabel extends Label {
    public HiddenLabel(String name, Node field) {
        Controls.setText(this, name);
        setLabelFor(field);
        setManaged(false);
        setMouseTransparent(true);
        setOpacity(0);
        resize(1, 1);
    }
}
