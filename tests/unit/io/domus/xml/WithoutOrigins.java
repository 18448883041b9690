// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Origin;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Copies of definitions in which every origin is unknown, so that only the meaning is compared. */
final class WithoutOrigins {
  private WithoutOrigins() {}

  @SuppressWarnings("unchecked")
  static <T> T of(T value) {
    return (T) strip(value);
  }

  private static Object strip(Object value) {
    return switch (value) {
      case Origin origin -> Origin.NONE;
      case Optional<?> optional -> optional.map(WithoutOrigins::strip);
      case List<?> list -> list.stream().map(WithoutOrigins::strip).toList();
      case Record composite -> rebuild(composite);
      default -> value;
    };
  }

  private static Object rebuild(Record composite) {
    RecordComponent[] components = composite.getClass().getRecordComponents();
    try {
      Object[] values = new Object[components.length];
      for (int index = 0; index < components.length; index++) {
        values[index] = strip(components[index].getAccessor().invoke(composite));
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return composite.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no canonical constructor: " + composite.getClass(), e);
    }
  }
}
