/// Shows what programs print: terminal colours, made readable in every theme.
@NullMarked
package dev.oriel.app.transcript.terminal;

import org.jspecify.annotations.NullMarked;
