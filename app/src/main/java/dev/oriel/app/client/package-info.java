/// The window's additions to [dev.oriel.client]: an outbox on disk. It does not depend on JavaFX.
@NullMarked
package dev.oriel.app.client;

import org.jspecify.annotations.NullMarked;
