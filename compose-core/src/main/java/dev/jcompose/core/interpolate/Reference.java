package dev.jcompose.core.interpolate;

import org.jspecify.annotations.Nullable;

/**
 * One use of a variable in a text.
 *
 * @param name the variable
 * @param operator {@code :-}, {@code -}, {@code :?}, {@code ?}, {@code :+}, {@code +}; empty for
 *     none
 * @param operand what stands after the operator; null when there is no operator
 */
public record Reference(String name, String operator, @Nullable String operand) {
  /** Whether loading fails when it is not set. */
  public boolean isRequired() {
    return operator.endsWith("?");
  }

  /** What it becomes when it is not set; empty for nothing. */
  public String defaultValue() {
    return operator.endsWith("-") && operand != null ? operand : "";
  }

  /** What it becomes when it is set; empty when that is its own value. */
  public String alternateValue() {
    return operator.endsWith("+") && operand != null ? operand : "";
  }
}
