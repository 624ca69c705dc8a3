/// Skins of text fields and text areas: a caret that does not blink, short text runs, right-to-left
/// keys.
@NullMarked
package dev.oriel.app.textinput;

import org.jspecify.annotations.NullMarked;
