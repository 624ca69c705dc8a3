/// Colours of code: which language it is in, and the spans of its lines.
@NullMarked
package dev.oriel.app.highlight;

import org.jspecify.annotations.NullMarked;
