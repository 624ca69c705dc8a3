/// The user's choices about how conversations are shown.
@NullMarked
package dev.oriel.app.reading;

import org.jspecify.annotations.NullMarked;
