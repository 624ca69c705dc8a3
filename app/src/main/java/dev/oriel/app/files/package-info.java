/// Files that are replaced atomically and survive a crash.
@NullMarked
package dev.oriel.app.files;

import org.jspecify.annotations.NullMarked;
