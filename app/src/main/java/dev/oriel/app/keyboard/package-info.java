/// Keyboard shortcuts, and moving the focus between the regions of the window.
@NullMarked
package dev.oriel.app.keyboard;

import org.jspecify.annotations.NullMarked;
