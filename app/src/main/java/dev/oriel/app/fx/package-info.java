/// The way onto the JavaFX thread: the only caller of `Platform.runLater`, and the frame coalescer.
@NullMarked
package dev.oriel.app.fx;

import org.jspecify.annotations.NullMarked;
