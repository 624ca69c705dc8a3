/// Short messages to the user that are shown over the page.
@NullMarked
package dev.oriel.app.toast;

import org.jspecify.annotations.NullMarked;
