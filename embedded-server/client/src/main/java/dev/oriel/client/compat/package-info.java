/// Clients of the four other kinds of server: one protocol adapter each, and the state that such a
/// server does not keep.
@NullMarked
package dev.oriel.client.compat;

import org.jspecify.annotations.NullMarked;
