/// Interprets TextMate grammars: splits lines of code into tokens and their scopes.
@NullMarked
package dev.oriel.app.highlight.grammar;

import org.jspecify.annotations.NullMarked;
