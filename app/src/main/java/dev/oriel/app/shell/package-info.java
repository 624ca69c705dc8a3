/// The view-models of the main window: which page is open, its header, its options and its status.
@NullMarked
package dev.oriel.app.shell;

import org.jspecify.annotations.NullMarked;
