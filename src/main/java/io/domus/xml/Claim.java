// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.Objects;

/**
 * Something that a document claims for itself, or relies on.
 *
 * @param value as it is compared
 * @param at where the document says so
 * @param excerpt the line there
 */
record Claim(Role role, String value, Position at, XmlFault.Excerpt excerpt) {
  /** What is claimed. */
  enum Role {
    NAME("the name"),
    UUID("the uuid"),
    MAC("the MAC address"),
    BRIDGE("the bridge"),
    /** A port group of a network. */
    PORTGROUP("the port group"),
    /** A port group of another document, named by an interface, behind its network. */
    CONNECTION("a port group"),
    /** A network of another document, named by an interface. */
    MEMBER("a network"),
    /** A port of the host: protocol and number, and behind a slash the address if there is one. */
    PUBLISHED("the port"),
    /** The host's address in a network, with the length of the prefix. */
    SUBNET("a subnet"),
    /** Where a route of a network leads. */
    BEHIND("a subnet behind a guest"),
    /** What an interface is to have, behind its network. */
    GUEST_ADDRESS("the address"),
    /** The same of one on a bridge of the host, behind that. */
    BRIDGE_ADDRESS("the address"),
    /** What an interface is to have, with its prefix, behind its network. */
    GUEST_PREFIX("the prefix"),
    /** The same of one on a bridge of the host, behind that. */
    BRIDGE_PREFIX("the prefix"),
    /** A bridge of the host that a network joins guests to. */
    JOINED_BRIDGE("the bridge"),
    /** Where those of a network are. */
    GUESTS("the place of guests"),
    /** A {@link PublishedClaim}, behind its network. */
    PUBLISHED_IN("a port"),
    /** The name of a domain that this one starts after. */
    AFTER("a domain"),
    UPPER("the upper directory"),
    WORK("the work directory"),
    WRITABLE_IMAGE("a writable image"),
    WRITABLE_DEVICE("a writable device"),
    READ_IMAGE("an image"),
    READ_DEVICE("a device"),
    LAYER("a layer");

    private final String text;

    Role(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /** Whether it is a place of the host that the guest writes to. */
    boolean writes() {
      return switch (this) {
        case UPPER, WORK, WRITABLE_IMAGE, WRITABLE_DEVICE -> true;
        case NAME,
            UUID,
            MAC,
            BRIDGE,
            PORTGROUP,
            CONNECTION,
            MEMBER,
            PUBLISHED,
            SUBNET,
            BEHIND,
            GUEST_ADDRESS,
            BRIDGE_ADDRESS,
            JOINED_BRIDGE,
            GUEST_PREFIX,
            BRIDGE_PREFIX,
            GUESTS,
            PUBLISHED_IN,
            AFTER,
            READ_IMAGE,
            READ_DEVICE,
            LAYER ->
            false;
      };
    }

    /** Whether it is a place of the host that must not change. */
    boolean reads() {
      return switch (this) {
        case READ_IMAGE, READ_DEVICE, LAYER -> true;
        case NAME,
            UUID,
            MAC,
            BRIDGE,
            PORTGROUP,
            CONNECTION,
            MEMBER,
            PUBLISHED,
            SUBNET,
            BEHIND,
            GUEST_ADDRESS,
            BRIDGE_ADDRESS,
            JOINED_BRIDGE,
            GUEST_PREFIX,
            BRIDGE_PREFIX,
            GUESTS,
            PUBLISHED_IN,
            AFTER,
            UPPER,
            WORK,
            WRITABLE_IMAGE,
            WRITABLE_DEVICE ->
            false;
      };
    }

    /** Whether no two documents of one kind may say the same. */
    boolean unique() {
      return switch (this) {
        case NAME, UUID, MAC, BRIDGE -> true;
        case PORTGROUP,
            CONNECTION,
            MEMBER,
            PUBLISHED,
            SUBNET,
            BEHIND,
            GUEST_ADDRESS,
            BRIDGE_ADDRESS,
            JOINED_BRIDGE,
            GUEST_PREFIX,
            BRIDGE_PREFIX,
            GUESTS,
            PUBLISHED_IN,
            AFTER,
            UPPER,
            WORK,
            WRITABLE_IMAGE,
            WRITABLE_DEVICE,
            READ_IMAGE,
            READ_DEVICE,
            LAYER ->
            false;
      };
    }
  }

  Claim {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(excerpt, "excerpt");
  }
}
