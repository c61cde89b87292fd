package dev.jcompose.engine.build.dockerfile;

/**
 * A name and its value, of ENV or LABEL. Quotes and escapes are still there.
 *
 * @param key not blank
 * @param value may be empty
 */
public record KeyValue(String key, String value) {}
