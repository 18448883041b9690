// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkPort;
import io.domus.plan.PortJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is connected to a network: a file an interface, which a step of a domain's plan writes and
 * its undo removes. One whose domain is gone is believed by nobody.
 */
public final class PortStore {
  private final NetworkPaths paths;

  public PortStore(NetworkPaths paths) {
    this.paths = paths;
  }

  /** Where an interface of a domain is noted. */
  public Path file(String mac) {
    return paths.port(mac);
  }

  /** What is noted. */
  public static String text(NetworkPort port) throws IOException {
    return PortJson.render(port);
  }

  /** All of them, in the order of MAC addresses. */
  public List<NetworkPort> all() throws IOException {
    List<NetworkPort> ports = new ArrayList<>();
    for (Path file : files()) {
      read(file).ifPresent(ports::add);
    }
    return ports;
  }

  /** The one of a hardware address. */
  public Optional<NetworkPort> of(String mac) throws IOException {
    return read(file(mac));
  }

  private static Optional<NetworkPort> read(Path file) throws IOException {
    try {
      return Optional.of(parse(JSON.std.mapFrom(Files.readString(file))));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException | RuntimeException fault) {
      throw new IOException("unreadable port " + file + ": " + fault.getMessage(), fault);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(paths.ports())) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static NetworkPort parse(Map<String, Object> tree) {
    List<NetInterface.Publish> published = new ArrayList<>();
    for (Object item : (List<?>) tree.get("published")) {
      Map<?, ?> entry = (Map<?, ?>) item;
      published.add(
          new NetInterface.Publish(
              (String) entry.get("protocol"),
              Optional.ofNullable((String) entry.get("address")),
              ((Number) entry.get("host")).intValue(),
              ((Number) entry.get("guest")).intValue()));
    }
    return new NetworkPort(
        (String) tree.get("domain"),
        (String) tree.get("mac"),
        (String) tree.get("device"),
        addresses(tree.get("addresses")),
        Boolean.TRUE.equals(tree.get("isolated")),
        published);
  }

  static List<IpAddress> addresses(Object list) {
    return ((List<?>) list)
        .stream().map(text -> IpAddress.parse((String) text).orElseThrow()).toList();
  }
}
