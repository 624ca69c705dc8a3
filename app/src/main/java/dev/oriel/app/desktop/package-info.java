/// What Oriel has to do with the desktop it runs on, beside its window.
@NullMarked
package dev.oriel.app.desktop;

import org.jspecify.annotations.NullMarked;
