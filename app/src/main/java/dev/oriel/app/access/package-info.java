/// What only those notice who use the window by ear.
@NullMarked
package dev.oriel.app.access;

import org.jspecify.annotations.NullMarked;
