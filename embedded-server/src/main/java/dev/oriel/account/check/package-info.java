/// Tries accounts, and finds servers on this computer.
@NullMarked
package dev.oriel.account.check;

import org.jspecify.annotations.NullMarked;
