/// Checks for newer versions of Oriel if the user allows it. It never downloads or installs a
/// version.
@NullMarked
package dev.oriel.app.updates;

import org.jspecify.annotations.NullMarked;
