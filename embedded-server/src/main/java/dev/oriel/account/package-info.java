/// Accounts of the Messages API and their keys.
@NullMarked
package dev.oriel.account;

import org.jspecify.annotations.NullMarked;
