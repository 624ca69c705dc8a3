/// Messages of the CLI's stream-json family, and the vocabulary of the wire.
///
/// A [dev.oriel.message.Message] is a parsed view of one line. The names on the wire are constants:
/// types ([dev.oriel.message.MessageType]), subtypes, close codes and error codes. Everything here
/// is pure: no files, no network, no clock, no threads.
@NullMarked
package dev.oriel.message;

import org.jspecify.annotations.NullMarked;
