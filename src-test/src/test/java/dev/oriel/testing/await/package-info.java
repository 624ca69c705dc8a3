/// How tests wait.
@NullMarked
package dev.oriel.testing.await;

import org.jspecify.annotations.NullMarked;
