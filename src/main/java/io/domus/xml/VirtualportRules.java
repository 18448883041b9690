// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NearestName;
import io.domus.domain.Origin;
import io.domus.xml.bind.VirtualportBean;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for {@code <virtualport>}. */
final class VirtualportRules {
  private static final String RULE = "net.virtualport";
  private static final List<String> TYPES =
      List.of("openvswitch", "802.1Qbg", "802.1Qbh", "midonet");

  /** Which parameters there are; without a type any, as it comes from elsewhere. */
  private static final Map<String, Set<String>> PARAMETERS =
      Map.of(
          "openvswitch", Set.of("interfaceid", "profileid"),
          "802.1Qbg", Set.of("managerid", "typeid", "typeidversion", "instanceid"),
          "802.1Qbh", Set.of("profileid"),
          "midonet", Set.of("interfaceid"));

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
  private static final Pattern NUMBER = Pattern.compile("0x[0-9a-fA-F]{1,6}|[0-9]{1,8}");

  private final Faults faults;

  VirtualportRules(Faults faults) {
    this.faults = faults;
  }

  void check(VirtualportBean port) {
    if (port == null || port.incomplete) {
      return;
    }
    String type = port.type == null ? "" : port.type.strip();
    if (port.type != null && !TYPES.contains(type)) {
      faults.error(
          RULE,
          faults.attribute(port, "type"),
          "virtualport type is %s%s"
              .formatted(Printable.quoted(type), NearestName.hint(type, TYPES)),
          TYPES);
      return;
    }
    InterfaceMapping.virtualPort(port, Origin.NONE)
        .parameters()
        .forEach((name, value) -> parameter(port, type, name, value));
    boolean unnamed = port.parameters == null || port.parameters.interfaceid == null;
    if (type.equals("midonet") && unnamed) {
      faults.error(
          RULE, Faults.of(port), "virtualport type 'midonet' needs <parameters interfaceid='…'/>");
    }
    if (!type.isEmpty() && !type.equals(TYPES.getFirst())) {
      faults.warning(
          "ignored",
          faults.attribute(port, "type"),
          "virtualport type '%s' %s".formatted(type, Unhonoured.IGNORED.text()));
    }
  }

  private void parameter(VirtualportBean port, String type, String name, String value) {
    String problem = "";
    if (!type.isEmpty() && !PARAMETERS.get(type).contains(name)) {
      problem = "is not for virtualport type '" + type + "'";
    } else if (!value(name, value)) {
      problem = "is " + Printable.quoted(value) + ", expected " + expected(name);
    }
    if (!problem.isEmpty()) {
      faults.error(
          RULE,
          faults.attribute(port.parameters, name),
          "attribute '%s' of <parameters> %s".formatted(name, problem));
    }
  }

  private static boolean value(String name, String value) {
    return switch (name) {
      case "interfaceid", "instanceid" -> UUID.matcher(value).matches();
      case "profileid" -> !value.isEmpty() && value.length() < 40;
      default ->
          NUMBER.matcher(value).matches() && NetworkForwardMapping.number(value) <= most(name);
    };
  }

  private static int most(String name) {
    return name.equals("typeid") ? 0xFFFFFF : 0xFF;
  }

  private static String expected(String name) {
    return switch (name) {
      case "interfaceid", "instanceid" -> "a UUID";
      case "profileid" -> "1 to 39 characters";
      default -> "a whole number from 0 to " + most(name);
    };
  }
}
