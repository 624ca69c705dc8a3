/// Listens on ports, authenticates and limits clients. Knows no dialect's frames.
package dev.oriel.gateway;
