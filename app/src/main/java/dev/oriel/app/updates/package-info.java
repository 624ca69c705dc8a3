/// Looking for newer versions of Oriel, where the person wants it. Nothing is downloaded or
/// installed.
@NullMarked
package dev.oriel.app.updates;

import org.jspecify.annotations.NullMarked;
