/// Clients of the four other kinds of server: performs the effects of the protocols, and keeps the
/// state that such a server does not keep.
@NullMarked
package dev.oriel.client.compat;

import org.jspecify.annotations.NullMarked;
