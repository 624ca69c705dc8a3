/// Colours, sizes and icon of the window.
@NullMarked
package dev.oriel.app.theme;

import org.jspecify.annotations.NullMarked;
