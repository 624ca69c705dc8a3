/// The views of pending asks: permissions, plans, questions and forms.
@NullMarked
package dev.oriel.app.asks.view;

import org.jspecify.annotations.NullMarked;
