/// What Claude asks before it acts, and a person's answers.
@NullMarked
package dev.oriel.app.asks;

import org.jspecify.annotations.NullMarked;
