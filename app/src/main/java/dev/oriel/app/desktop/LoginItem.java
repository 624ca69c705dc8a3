package dev.oriel.app.desktop;

import java.io.IOException;

/// Reads and changes whether the operating system starts Oriel when the user logs in. The state is
/// stored by the operating system only. The methods block: do not call them on the JavaFX thread.
public interface LoginItem {
    boolean isOn() throws IOException;

    void setOn(boolean on) throws IOException;
}
