package dev.oriel.app.window;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// Whether the sidebar is shown: what the user has chosen, except that a narrow window begins
/// without it. Belongs to the JavaFX thread.
public final class SidebarVisibility {
    /// Below this width of the window, pixels, text beside the sidebar would be cut or broken into
    /// short lines.
    static final double NARROW = 744;

    private final Consumer<Boolean> save;
    private final ReadOnlyBooleanWrapper shown = new ReadOnlyBooleanWrapper();
    private boolean chosen;
    private boolean narrow;

    /// @param chosen what the user has chosen for windows that are not narrow
    /// @param save stores that
    public SidebarVisibility(boolean chosen, Consumer<Boolean> save) {
        this.chosen = chosen;
        this.save = save;
        shown.set(chosen);
    }

    public ReadOnlyBooleanProperty shown() {
        return shown.getReadOnlyProperty();
    }

    /// Shows or hides it. In a narrow window, that holds until the window becomes wider.
    public void toggle() {
        set(!shown.get());
    }

    void show() {
        set(true);
    }

    private void set(boolean now) {
        if (!narrow && chosen != now) {
            chosen = now;
            save.accept(now);
        }
        shown.set(now);
    }

    /// @param width of the window, pixels
    void fit(double width) {
        boolean now = width < NARROW;
        if (now != narrow) {
            narrow = now;
            shown.set(chosen && !narrow);
        }
    }
}
