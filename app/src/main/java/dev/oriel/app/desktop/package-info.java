/// Integration with the desktop environment: start at login, one window per user.
@NullMarked
package dev.oriel.app.desktop;

import org.jspecify.annotations.NullMarked;
