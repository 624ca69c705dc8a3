/// The window's connection to a server, and what is done with the sessions of that server.
@NullMarked
package dev.oriel.app.connection;

import org.jspecify.annotations.NullMarked;
