/** nf_tables: a table as a value with a text form, and the transactions that bring it about. */
@NullMarked
package dev.jcompose.engine.linux.netlink.nft;

import org.jspecify.annotations.NullMarked;
