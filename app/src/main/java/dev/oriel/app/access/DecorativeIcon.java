package dev.oriel.app.access;

import javafx.scene.AccessibleRole;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// An icon beside words that say the same. To a reader an icon of a font is a letter that no
/// language has, so this one is passed over.
public final class DecorativeIcon extends FontIcon {
    public DecorativeIcon(Ikon icon) {
        super(icon);
        setAccessibleRole(AccessibleRole.NODE);
    }

    /// @param icon one of the icon font's names
    public DecorativeIcon(String icon) {
        super(icon);
        setAccessibleRole(AccessibleRole.NODE);
    }
}
