/// The row of options under the composer: permission mode, model, effort, and what the context
/// holds.
@NullMarked
package dev.oriel.app.chips;

import org.jspecify.annotations.NullMarked;
