/// Views of accounts: the page of the first run, and the panel.
@NullMarked
package dev.oriel.app.account.view;

import org.jspecify.annotations.NullMarked;
