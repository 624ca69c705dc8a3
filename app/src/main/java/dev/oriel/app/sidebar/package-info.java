/// The sidebar: the list of sessions and its search.
@NullMarked
package dev.oriel.app.sidebar;

import org.jspecify.annotations.NullMarked;
