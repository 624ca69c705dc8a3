/// The server that runs in the window's process, and the connection to other servers.
@NullMarked
package dev.oriel.app.server;

import org.jspecify.annotations.NullMarked;
