/// Where a person writes: draft, send, queue, stop.
@NullMarked
package dev.oriel.app.composer;

import org.jspecify.annotations.NullMarked;
