/// What tests of windows share: work on the JavaFX thread, waiting, a transcript in a stage.
@NullMarked
package dev.oriel.testing.window;

import org.jspecify.annotations.NullMarked;
