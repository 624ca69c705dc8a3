/// The main window: what holds the features together.
@NullMarked
package dev.oriel.app.shell;

import org.jspecify.annotations.NullMarked;
