/** Carries plans out against the engine, and the operations that do observe, plan and execute. */
@NullMarked
package dev.jcompose.core.reconcile;

import org.jspecify.annotations.NullMarked;
