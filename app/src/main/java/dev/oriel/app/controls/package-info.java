/// Controls for text that others wrote: every label, button, menu item, tooltip and text node of
/// the window is made here, so that such text is never a mnemonic, never malformed and never
/// without a bound.
@NullMarked
package dev.oriel.app.controls;

import org.jspecify.annotations.NullMarked;
