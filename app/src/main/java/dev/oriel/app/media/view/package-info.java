/// Shows images and documents: in the text, enlarged over the window, saved, copied and opened.
@NullMarked
package dev.oriel.app.media.view;

import org.jspecify.annotations.NullMarked;
