/// The protocols of the four other kinds of server: for each a pure reducer of state and event.
@NullMarked
package dev.oriel.client.compat.protocol;

import org.jspecify.annotations.NullMarked;
