/// Skins of text fields and text areas: a caret without a timer, short text runs, right-to-left
/// keys.
@NullMarked
package dev.oriel.app.textinput;

import org.jspecify.annotations.NullMarked;
