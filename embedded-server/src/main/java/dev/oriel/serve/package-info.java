/// The command line: `oriel-server serve` and `oriel-server send`.
@NullMarked
package dev.oriel.serve;

import org.jspecify.annotations.NullMarked;
