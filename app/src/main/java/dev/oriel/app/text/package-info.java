/// Text of any origin, made fit to be shown or copied. Nothing here draws.
@NullMarked
package dev.oriel.app.text;

import org.jspecify.annotations.NullMarked;
