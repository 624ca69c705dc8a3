/// The format of the log, for the server and the window.
@org.jspecify.annotations.NullMarked
package dev.oriel.log;
