/// What a person may set, and where it is kept.
@NullMarked
package dev.oriel.app.settings;

import org.jspecify.annotations.NullMarked;
