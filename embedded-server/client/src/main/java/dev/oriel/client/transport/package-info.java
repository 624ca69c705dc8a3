/// How a client reaches its server: proxies, certificates and the HTTP client made from them.
@NullMarked
package dev.oriel.client.transport;

import org.jspecify.annotations.NullMarked;
