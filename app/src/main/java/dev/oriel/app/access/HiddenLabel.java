package dev.oriel.app.access;

import dev.oriel.app.controls.Controls;
import javafx.scene.Node;
import javafx.scene.control.Label;

/// The name of a field that has no label to be seen. It stands beside the field in the scene,
/// without taking room.
///
/// The accessible text of a text field is read *in place of* what is written in it, so a field gets
/// its name from a label and from nothing else.
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
