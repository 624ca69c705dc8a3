package dev.oriel.app.desktop;

import java.io.IOException;

/// Whether the system opens Oriel when the person logs in. The system's own place for that is read
/// and written; nothing is remembered here. Blocks for a moment: not for the JavaFX thread.
public interface LoginItem {
    boolean isOn() throws IOException;

    void setOn(boolean on) throws IOException;
}
