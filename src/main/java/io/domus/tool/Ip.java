// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Command lines of iproute2's {@code ip}, and the lines of its batches. */
public final class Ip {
  /** What a bridge has that is told nothing, in bytes. */
  public static final int USUAL_MTU = 1500;

  private static final int CENTISECONDS = 100;

  private Ip() {}

  /**
   * A new bridge, down, without addresses.
   *
   * @param delay of the spanning tree protocol in seconds; 0 for a bridge that does not speak it
   */
  public static Command addBridge(String name, String mac, Optional<Integer> mtu, int delay) {
    List<String> argv = new ArrayList<>(List.of("ip", "link", "add", "name", name));
    argv.addAll(List.of("address", mac));
    mtu.ifPresent(size -> argv.addAll(List.of("mtu", size.toString())));
    argv.addAll(List.of("type", "bridge"));
    argv.addAll(tree(delay));
    return Command.of(argv);
  }

  public static Command setMtu(String device, int bytes) {
    return Command.of("ip", "link", "set", "dev", device, "mtu", Integer.toString(bytes));
  }

  /**
   * @param delay as of {@link #addBridge}
   */
  public static Command setDelay(String bridge, int delay) {
    List<String> argv = new ArrayList<>(List.of("ip", "link", "set", "dev", bridge));
    argv.addAll(List.of("type", "bridge"));
    argv.addAll(tree(delay));
    return Command.of(argv);
  }

  private static List<String> tree(int delay) {
    String on = delay > 0 ? "1" : "0";
    return List.of("forward_delay", Integer.toString(delay * CENTISECONDS), "stp_state", on);
  }

  /** The device goes, with its addresses and routes. */
  public static Command delete(String device) {
    return Command.of("ip", "link", "delete", "dev", device);
  }

  /** Leaves a note on a device. */
  public static Command alias(String device, String alias) {
    return Command.of("ip", "link", "set", "dev", device, "alias", alias);
  }

  /** Connects a device to a bridge. */
  public static Command connect(String device, String bridge) {
    return Command.of("ip", "link", "set", "dev", device, "master", bridge);
  }

  /** An isolated port reaches those that are not, and no other isolated one. */
  public static Command isolateNow(String device) {
    return Command.of("ip", "link", "set", "dev", device, "type", "bridge_slave", "isolated", "on");
  }

  /** A port with a hairpin is sent what it has sent itself, if that is where it goes. */
  public static Command hairpinNow(String device) {
    return Command.of("ip", "link", "set", "dev", device, "type", "bridge_slave", "hairpin", "on");
  }

  public static Command setUp(String device) {
    return Command.of("ip", "link", "set", "dev", device, "up");
  }

  public static Command setDown(String device) {
    return Command.of("ip", "link", "set", "dev", device, "down");
  }

  /** Carries out the lines of a file, up to the first that fails. */
  public static Command batch(Path file) {
    return Command.of("ip", "-batch", file.toString());
  }

  /** All devices with their kinds and addresses, as JSON. */
  public static Command addresses() {
    return Command.of("ip", "-json", "-details", "address", "show");
  }

  /** The same in the network namespace of a process. */
  public static Command addresses(int pid) {
    List<String> argv = new ArrayList<>(List.of("nsenter", "--net=/proc/" + pid + "/ns/net", "--"));
    argv.addAll(addresses().argv());
    return Command.of(argv);
  }

  /** All routes of a family but those of tables of their own, as JSON. */
  public static Command routes(boolean ipv6) {
    return Command.of("ip", ipv6 ? "-6" : "-4", "-json", "route", "show");
  }

  // The lines of a batch, which knows no way to write a word with a space or a hash.

  public static String up(String device) {
    return "link set dev " + device + " up";
  }

  /**
   * @param address with its prefix
   */
  public static String addAddress(String device, String address, boolean broadcast) {
    return "address add " + address + (broadcast ? " broadcast +" : "") + " dev " + device;
  }

  public static String deleteAddress(String device, String address) {
    return "address delete " + address + " dev " + device;
  }

  /**
   * @param route as {@link #route} writes it
   */
  public static String addRoute(String route) {
    return "route add " + route;
  }

  public static String deleteRoute(String route) {
    return "route delete " + route;
  }

  /** A route whose gateway is taken to be at the other end of the link. */
  public static String onLink(String route) {
    return route + " onlink";
  }

  /** A route by way of a guest. */
  public static String route(
      String device, String subnet, String gateway, Optional<Integer> metric) {
    String preference = metric.map(number -> " metric " + number).orElse("");
    return subnet + " via " + gateway + " dev " + device + " proto static" + preference;
  }

  /**
   * Makes a pair of devices, one of them in another network namespace.
   *
   * @param netns a file of that namespace, with a slash in its name
   */
  public static String addPair(
      String device,
      String mac,
      String guest,
      String guestMac,
      Optional<Integer> mtu,
      String netns) {
    String size = mtu.map(bytes -> " mtu " + bytes).orElse("");
    return "link add name %s address %s%s type veth peer name %s address %s%s netns %s"
        .formatted(device, mac, size, guest, guestMac, size, netns);
  }

  /** Makes a device on top of another one, in another network namespace. */
  public static String addMacvlan(
      String device,
      String mode,
      String guest,
      String guestMac,
      Optional<Integer> mtu,
      String netns) {
    String size = mtu.map(bytes -> " mtu " + bytes).orElse("");
    return "link add link %s name %s address %s%s netns %s type macvlan mode %s"
        .formatted(device, guest, guestMac, size, netns, mode);
  }

  /** Moves a device into another network namespace. */
  public static String move(String device, String guest, String netns) {
    return "link set dev %s down name %s netns %s".formatted(device, guest, netns);
  }

  public static String setMac(String device, String mac) {
    return "link set dev " + device + " address " + mac;
  }

  /** All addresses of a device go, and the routes by way of it. */
  public static String flush(String device) {
    return "address flush dev " + device;
  }

  public static String down(String device) {
    return "link set dev " + device + " down";
  }

  /** The kernel gives the device no address of its own, as befits a port of a bridge. */
  public static String withoutAddress(String device) {
    return "link set dev " + device + " addrgenmode none";
  }

  public static String port(String device, String bridge) {
    return "link set dev " + device + " master " + bridge;
  }

  /** An isolated port reaches those that are not, and no other isolated one. */
  public static String isolate(String device) {
    return "link set dev " + device + " type bridge_slave isolated on";
  }

  /** A port with a hairpin is sent what it has sent itself, if that is where it goes. */
  public static String hairpin(String device) {
    return "link set dev " + device + " type bridge_slave hairpin on";
  }

  /**
   * @param words an address with its prefix, and with a peer if it has one
   */
  public static String addGuestAddress(String device, String words, boolean broadcast) {
    // Nobody else has it: the guest need not wait to hear whether that is so.
    String check = words.indexOf(':') >= 0 ? " nodad" : "";
    return "address add " + words + (broadcast ? " broadcast +" : "") + " dev " + device + check;
  }
}
