/**
 * Published ports: host ports are reserved by binding them, and served where rules do not reach.
 */
@NullMarked
package dev.jcompose.engine.network.publish;

import org.jspecify.annotations.NullMarked;
