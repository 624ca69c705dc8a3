/// Running tasks on the JavaFX thread: at once, after a delay, or once per frame.
@NullMarked
package dev.oriel.app.fx;

import org.jspecify.annotations.NullMarked;
