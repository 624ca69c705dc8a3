/// How a client reaches its server: proxies, certificates and the HTTP client made from them.
package dev.oriel.client.transport;
