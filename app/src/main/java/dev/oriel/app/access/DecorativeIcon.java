package dev.oriel.app.access;

import javafx.scene.AccessibleRole;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// An icon beside words with the same meaning. Screen readers skip it: they would read a character
/// of the icon font.
public final class DecorativeIcon extends FontIcon {
    public DecorativeIcon(Ikon icon) {
        super(icon);
        setAccessibleRole(AccessibleRole.NODE);
    }

    /// @param icon a name of the icon font
    public DecorativeIcon(String icon) {
        super(icon);
        setAccessibleRole(AccessibleRole.NODE);
    }
}
