/// The user's settings, their panel and their file.
@NullMarked
package dev.oriel.app.settings;

import org.jspecify.annotations.NullMarked;
