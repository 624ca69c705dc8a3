/// The open asks of a session and their drafts.
@NullMarked
package dev.oriel.app.asks;

import org.jspecify.annotations.NullMarked;
