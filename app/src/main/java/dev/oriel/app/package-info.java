/// The desktop program: its start, its composition root and its end.
@NullMarked
package dev.oriel.app;

import org.jspecify.annotations.NullMarked;
