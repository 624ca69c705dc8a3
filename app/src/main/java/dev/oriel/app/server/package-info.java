/// The server that runs inside the window, and the choice of another.
@NullMarked
package dev.oriel.app.server;

import org.jspecify.annotations.NullMarked;
