/// Wire protocols: frames to session commands, session messages to frames. Independent of sockets.
package dev.oriel.dialect;
