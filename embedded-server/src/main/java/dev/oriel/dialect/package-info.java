/// How a connection speaks: frames to session commands, session messages to frames. No sockets
/// here.
package dev.oriel.dialect;
