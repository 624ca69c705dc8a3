/// The accounts of the Messages API that a server has.
@NullMarked
package dev.oriel.client.account;

import org.jspecify.annotations.NullMarked;
