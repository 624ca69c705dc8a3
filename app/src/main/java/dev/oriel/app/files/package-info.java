/// Files that survive a crash: written beside, then moved into place.
@NullMarked
package dev.oriel.app.files;

import org.jspecify.annotations.NullMarked;
