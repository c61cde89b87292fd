/** Which hosts are asked for a repository and how they are reached: mirrors, trust, proxies. */
@NullMarked
package dev.jcompose.engine.registry.host;

import org.jspecify.annotations.NullMarked;
