/// The routes about accounts of the Messages API.
@NullMarked
package dev.oriel.dialect.sessions.account;

import org.jspecify.annotations.NullMarked;
