/// Opens connections to the servers of accounts.
@NullMarked
package dev.oriel.agent.api.connect;

import org.jspecify.annotations.NullMarked;
