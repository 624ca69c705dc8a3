/// Finding text in the open conversation, also in what is folded or not loaded.
@NullMarked
package dev.oriel.app.find;

import org.jspecify.annotations.NullMarked;
