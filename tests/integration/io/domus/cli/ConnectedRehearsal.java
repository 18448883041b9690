// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code ConnectedRehearsal ROOT}: what is rehearsed of networks, and how each command ends. */
final class ConnectedRehearsal {
  private ConnectedRehearsal() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    List<List<String>> commands =
        Rehearsal.networkCommands(NetworkOfRehearsal.network(root), NetworkOfRehearsal.guest(root));
    Path home = Path.of(System.getProperty("domus.checkout"));
    Map<String, String> environment = Map.of("DOMUS_URI", "lxc:///embed?root=" + root);
    System.out.println("own network: " + Rehearsal.hasOwnNetwork());
    for (List<String> command : commands) {
      Streams streams = Streams.of(new ByteArrayInputStream(new byte[0]), System.err, System.err);
      int status =
          new Dispatcher(
                  streams,
                  environment,
                  home,
                  runner -> new PretendedPrograms(runner, PretendedPrograms.OF_NETWORKS))
              .run(command.toArray(String[]::new));
      System.out.println(command.getFirst() + " " + status);
    }
    System.out.println("own network: " + Rehearsal.hasOwnNetwork());
  }
}
