package dev.jcompose.core.config;

/**
 * How a Compose file uses a variable.
 *
 * @param name the variable
 * @param required whether loading fails when it is not set
 * @param defaultValue what it becomes when it is not set; empty for nothing
 * @param alternateValue what it becomes when it is set; empty when that is its own value
 */
public record VariableUse(
    String name, boolean required, String defaultValue, String alternateValue) {}
