/// The views of the main window and its layout.
@NullMarked
package dev.oriel.app.window;

import org.jspecify.annotations.NullMarked;
