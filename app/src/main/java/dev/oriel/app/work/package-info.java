/// The strip over the composer with Claude's checklist and background tasks.
@NullMarked
package dev.oriel.app.work;

import org.jspecify.annotations.NullMarked;
