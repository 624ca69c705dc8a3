/// How the log is written, by the server and by the window alike.
@org.jspecify.annotations.NullMarked
package dev.oriel.log;
