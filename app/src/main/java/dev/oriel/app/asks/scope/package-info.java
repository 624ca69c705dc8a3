/// What a user can allow beyond one call, and where the agent saves it.
@NullMarked
package dev.oriel.app.asks.scope;

import org.jspecify.annotations.NullMarked;
