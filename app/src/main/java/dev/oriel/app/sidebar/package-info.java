/// The list of sessions.
@NullMarked
package dev.oriel.app.sidebar;

import org.jspecify.annotations.NullMarked;
