/// The skins of text fields and text areas: nothing blinks, and long paragraphs can be edited.
@NullMarked
package dev.oriel.app.caret;

import org.jspecify.annotations.NullMarked;
