// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.domain.Origin;
import java.util.Objects;
import java.util.Optional;

/**
 * A row of a stack.
 *
 * @param order where it is looked into, counted from 1; empty for what is none by itself
 * @param kind dir, file, qcow2, block, overlay, bind or ram
 * @param source a path, or what there is in place of one
 * @param detail what else is to be seen of it
 * @param writable whether the guest writes there
 * @param depth in how many inner overlays it lies
 */
public record Layer(
    Optional<Integer> order,
    Role role,
    String kind,
    String source,
    Optional<String> detail,
    boolean writable,
    int depth,
    Origin origin) {
  /** What it is in its stack. */
  public enum Role {
    UPPER("upper"),
    LOWER("lower"),
    /** An overlay that serves as a lower layer; those it consists of follow. */
    NESTED("lower"),
    /** The upper directory of such an overlay, in which nobody writes any more. */
    INNER_UPPER("upper"),
    /** An image that the image above it builds upon. */
    BACKING("backing"),
    /** All there is. */
    ONLY("source");

    private final String text;

    Role(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public Layer {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(origin, "origin");
    if (depth < 0 || order.filter(number -> number < 1).isPresent()) {
      throw new IllegalArgumentException("no place in a stack: " + order + " at " + depth);
    }
  }

  String mode() {
    return writable ? "read-write" : "read-only";
  }

  /** All of it, for a tooltip. */
  String sentence() {
    StringBuilder text = new StringBuilder();
    order.ifPresent(number -> text.append(number).append(". "));
    text.append(
        switch (role) {
          case UPPER -> "upper";
          case LOWER -> "lower";
          case NESTED -> "lower, an overlay itself";
          case INNER_UPPER -> "upper of the inner overlay";
          case BACKING -> "backing file of the image above";
          case ONLY -> "source";
        });
    text.append(": ").append(kind).append(' ').append(source);
    detail.ifPresent(more -> text.append(", ").append(more));
    text.append(", ").append(mode());
    if (origin.known()) {
      text.append(" (").append(origin).append(')');
    }
    return text.toString();
  }
}
