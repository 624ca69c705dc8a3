/// Controls for text of any origin: every label, button, menu item, tooltip and text node of the
/// window is created here, so that its text is never a mnemonic, never malformed and never
/// unbounded.
@NullMarked
package dev.oriel.app.controls;

import org.jspecify.annotations.NullMarked;
