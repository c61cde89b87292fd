/** Values of addressing and the rules that hand addresses out. */
@NullMarked
package dev.jcompose.engine.network.address;

import org.jspecify.annotations.NullMarked;
