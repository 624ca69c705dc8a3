/// Panels and dialogs that are shown over the window.
@NullMarked
package dev.oriel.app.overlay;

import org.jspecify.annotations.NullMarked;
