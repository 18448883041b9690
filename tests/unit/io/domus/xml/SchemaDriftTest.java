// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.NetworkBean;
import io.domus.xml.bind.SnapshotBean;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElements;
import jakarta.xml.bind.annotation.XmlTransient;
import jakarta.xml.bind.annotation.XmlValue;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema, the beans and the table of what is not honoured say the same. */
class SchemaDriftTest {
  /** Captured as text, not bound. */
  private static final String METADATA = "metadata";

  /** Bound for round trips, though it has no effect: a rule warns of it. */
  private static final String KEPT = "emulator";

  private final Map<Class<?>, Set<String>> schemaNames = new HashMap<>();
  private final Set<String> visited = new HashSet<>();
  private SchemaModel model;
  private Vocabulary vocabulary;
  private final List<String> problems = new ArrayList<>();

  private static final Map<DocumentKind, Class<?>> BEANS =
      Map.of(
          DocumentKind.DOMAIN, DomainBean.class,
          DocumentKind.NETWORK, NetworkBean.class,
          DocumentKind.SNAPSHOT, SnapshotBean.class);

  private void use(DocumentKind kind) {
    model = SchemaModel.of(kind);
    vocabulary = kind.vocabulary();
  }

  @ParameterizedTest
  @EnumSource
  void everythingIsDocumentedAndNamed(DocumentKind kind) {
    use(kind);
    for (SchemaModel.Type type : model.types().values()) {
      if (type.documentation().isBlank()) {
        problems.add("type " + type.name());
      }
      List<SchemaModel.Member> members = new ArrayList<>(type.children().values());
      members.addAll(type.attributes().values());
      for (SchemaModel.Member member : members) {
        if (!member.documentation().endsWith(".")) {
          problems.add(type.name() + "/" + member.name() + " is not documented");
        }
        boolean known = member.type().startsWith("xs:") || model.types().containsKey(member.type());
        if (!known) {
          problems.add(type.name() + "/" + member.name() + " has the type " + member.type());
        }
      }
    }
    assertEquals(List.of(), problems);
  }

  /** Validators disagree on the white space and signs of the others. */
  @ParameterizedTest
  @EnumSource
  void valuesAreTextsOrIntegers(DocumentKind kind) {
    use(kind);
    Set<String> bases = new TreeSet<>();
    for (SchemaModel.Type type : model.types().values()) {
      type.base().filter(base -> base.startsWith("xs:")).ifPresent(bases::add);
    }
    assertEquals(Set.of("xs:integer", "xs:string", "xs:token"), bases);
  }

  /** Of all kinds together: some beans are for what several kinds have. */
  @Test
  void beansAndTableAgreeWithTheSchema() {
    for (DocumentKind kind : DocumentKind.values()) {
      use(kind);
      visited.clear();
      walk(model.roots().get(kind.root()), kind.root(), BEANS.get(kind));
    }
    schemaNames.forEach(
        (bean, names) -> {
          Set<String> surplus = new TreeSet<>(names(bean));
          surplus.removeAll(names);
          if (!surplus.isEmpty()) {
            problems.add(bean.getSimpleName() + " has what the schema has not: " + surplus);
          }
        });
    assertEquals(List.of(), problems);
    assertTrue(schemaNames.size() > 60, () -> "beans seen: " + schemaNames.size());
  }

  private void walk(SchemaModel.Member element, String key, Class<?> bean) {
    if (!visited.add(key + " " + element.type() + " " + bean)) {
      return;
    }
    SchemaModel.Type type = model.types().get(element.type());
    if (type == null || type.simple()) {
      schemaNames.computeIfAbsent(bean, any -> new TreeSet<>());
      return;
    }
    Map<String, Class<?>> children = children(bean);
    for (SchemaModel.Member attribute : type.attributes().values()) {
      Optional<Unhonoured> unhonoured = vocabulary.attribute(key, attribute.name());
      documented(element, attribute, unhonoured);
      if (unhonoured.isEmpty()) {
        bound(bean, element.name() + "/@", attribute.name());
      }
    }
    for (SchemaModel.Member child : type.children().values()) {
      Optional<Unhonoured> unhonoured = vocabulary.element(key, child.name());
      if (!child.name().equals(KEPT)) {
        documented(element, child, unhonoured);
      }
      boolean text = child.name().equals(METADATA) || vocabulary.verbatim().contains(child.name());
      if (unhonoured.isEmpty() && !text) {
        bound(bean, element.name() + "/", child.name());
        if (children.containsKey(child.name())) {
          walk(child, vocabulary.key(element.name(), child.name()), children.get(child.name()));
        }
      }
    }
  }

  private void documented(
      SchemaModel.Member owner, SchemaModel.Member member, Optional<Unhonoured> unhonoured) {
    String text = member.documentation();
    boolean ignored = text.endsWith("ignored.") || text.endsWith("ignored by containers.");
    boolean later = text.endsWith("without effect.") || text.endsWith("not supported yet.");
    Optional<Unhonoured> said =
        ignored
            ? Optional.of(Unhonoured.IGNORED)
            : later ? Optional.of(Unhonoured.LATER) : Optional.empty();
    if (!said.equals(unhonoured)) {
      problems.add(
          "%s/%s: the schema says %s, the table %s"
              .formatted(owner.name(), member.name(), said, unhonoured));
    }
  }

  private void bound(Class<?> bean, String where, String name) {
    schemaNames.computeIfAbsent(bean, any -> new TreeSet<>()).add(name);
    if (!names(bean).contains(name)) {
      problems.add(bean.getSimpleName() + " lacks " + where + name);
    }
  }

  private static List<Field> fields(Class<?> bean) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> at = bean; at != Located.class; at = at.getSuperclass()) {
      fields.addAll(Arrays.asList(at.getDeclaredFields()));
    }
    fields.removeIf(
        field ->
            field.isSynthetic()
                || Modifier.isStatic(field.getModifiers())
                || field.isAnnotationPresent(XmlTransient.class)
                || field.isAnnotationPresent(XmlValue.class));
    return fields;
  }

  private static String attribute(Field field) {
    String name = field.getAnnotation(XmlAttribute.class).name();
    return name.equals("##default") ? field.getName() : name;
  }

  private static Set<String> names(Class<?> bean) {
    Set<String> names = new TreeSet<>(children(bean).keySet());
    fields(bean).stream()
        .filter(field -> field.isAnnotationPresent(XmlAttribute.class))
        .forEach(field -> names.add(attribute(field)));
    return names;
  }

  /** The elements that a bean binds, and to which bean. */
  private static Map<String, Class<?>> children(Class<?> bean) {
    Map<String, Class<?>> children = new TreeMap<>();
    for (Field field : fields(bean)) {
      if (field.isAnnotationPresent(XmlElements.class)) {
        for (XmlElement each : field.getAnnotation(XmlElements.class).value()) {
          children.put(each.name(), each.type());
        }
      } else if (!field.isAnnotationPresent(XmlAttribute.class)) {
        XmlElement named = field.getAnnotation(XmlElement.class);
        children.put(named == null ? field.getName() : named.name(), beanOf(field));
      }
    }
    return children;
  }

  private static Class<?> beanOf(Field field) {
    if (field.getGenericType() instanceof ParameterizedType list) {
      return (Class<?>) list.getActualTypeArguments()[0];
    }
    return field.getType();
  }
}
