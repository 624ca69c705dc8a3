/// Support for screen readers: announcements, names of fields, reasons for disabled controls.
@NullMarked
package dev.oriel.app.access;

import org.jspecify.annotations.NullMarked;
