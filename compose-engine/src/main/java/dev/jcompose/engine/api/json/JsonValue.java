package dev.jcompose.engine.api.json;

/** A wire record: something that has a JSON object form. */
public interface JsonValue {
  /** The JSON object that goes over the wire. */
  JsonObject toJson();
}
