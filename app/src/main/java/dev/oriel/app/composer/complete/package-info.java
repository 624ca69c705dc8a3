/// The picker of commands, files and folders that opens while a prompt is written.
@NullMarked
package dev.oriel.app.composer.complete;

import org.jspecify.annotations.NullMarked;
