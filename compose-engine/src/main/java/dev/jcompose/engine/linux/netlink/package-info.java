/** Netlink: messages as bytes, and the requests about links, addresses, routes and rules. */
@NullMarked
package dev.jcompose.engine.linux.netlink;

import org.jspecify.annotations.NullMarked;
