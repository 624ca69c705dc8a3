/// The window: where its parts are put together and taken down again.
@NullMarked
package dev.oriel.app;

import org.jspecify.annotations.NullMarked;
