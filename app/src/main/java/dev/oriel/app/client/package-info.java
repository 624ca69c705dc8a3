/// What the window adds to [dev.oriel.client]: what was not confirmed yet is kept on disk. Knows no
/// JavaFX.
@NullMarked
package dev.oriel.app.client;

import org.jspecify.annotations.NullMarked;
