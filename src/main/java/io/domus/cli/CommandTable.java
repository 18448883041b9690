// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.ArrayList;
import java.util.List;

/** The commands there are. Only the one that is asked for is made. */
final class CommandTable {
  /** The commands of one heading of the help. */
  record Group(String title, List<String> commands) {
    Group {
      commands = List.copyOf(commands);
    }
  }

  private CommandTable() {}

  /** All but those that no user needs. */
  static List<Group> groups() {
    return List.of(
        new Group(
            "Definitions",
            List.of("define", "undefine", "create", "edit", "domrename", "dumpxml", "validate")),
        new Group("Clones", List.of("clone", "flatten", "layers")),
        new Group(
            "Checkpoints",
            List.of(
                "checkpoint",
                "restore",
                "save",
                "managedsave",
                "managedsave-remove",
                "snapshot-create-as",
                "snapshot-list",
                "snapshot-revert",
                "snapshot-delete",
                "snapshot-dumpxml",
                "snapshot-info",
                "snapshot-current",
                "snapshot-parent",
                "migrate")),
        new Group(
            "Networks",
            List.of(
                "net-define",
                "net-undefine",
                "net-create",
                "net-edit",
                "net-update",
                "net-dumpxml",
                "net-start",
                "net-destroy",
                "net-autostart",
                "net-list",
                "net-info",
                "net-name",
                "net-uuid",
                "net-graph",
                "net-dhcp-leases",
                "net-event")),
        new Group(
            "Interfaces",
            List.of(
                "domiflist",
                "domifaddr",
                "domif-getlink",
                "domif-setlink",
                "domiftune",
                "attach-interface",
                "detach-interface",
                "update-device")),
        new Group("Plans", List.of("plan")),
        new Group("Native", List.of("domxml-from-native", "domxml-to-native")),
        new Group(
            "Lifecycle",
            List.of(
                "start",
                "shutdown",
                "reboot",
                "destroy",
                "suspend",
                "resume",
                "autostart",
                "watchdog")),
        new Group("Inside", List.of("console", "exec", "logs")),
        new Group(
            "State",
            List.of("list", "dominfo", "domstate", "domstats", "domid", "domuuid", "event")),
        new Group("Host", List.of("host-validate", "version", "help")));
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    groups().forEach(group -> names.addAll(group.commands()));
    return names;
  }

  /** Null if there is no such command. */
  static Action make(String command) {
    return switch (command) {
      case "attach-interface" -> new AttachInterfaceCommand();
      case "autostart" -> new AutostartCommand();
      case "checkpoint" -> new CheckpointCommand();
      case "clone" -> new CloneCommand();
      case "console" -> new ConsoleCommand();
      case "create" -> new CreateCommand();
      case "define" -> new DefineCommand();
      case "destroy" -> new DestroyCommand();
      case "detach-interface" -> new DetachInterfaceCommand();
      case "domid" -> new DomidCommand();
      case "domif-getlink" -> new DomifGetlinkCommand();
      case "domif-setlink" -> new DomifSetlinkCommand();
      case "domifaddr" -> new DomifaddrCommand();
      case "domiflist" -> new DomiflistCommand();
      case "domiftune" -> new DomiftuneCommand();
      case "dominfo" -> new DominfoCommand();
      case "domrename" -> new DomrenameCommand();
      case "domstate" -> new DomstateCommand();
      case "domxml-from-native" -> new DomxmlFromNativeCommand();
      case "domxml-to-native" -> new DomxmlToNativeCommand();
      case "domstats" -> new DomstatsCommand();
      case "domuuid" -> new DomuuidCommand();
      case "drain-exits" -> new DrainExitsCommand();
      case "dumpxml" -> new DumpxmlCommand();
      case "edit" -> new EditCommand();
      case "event" -> new EventCommand();
      case "exec" -> new ExecCommand();
      case "flatten" -> new FlattenCommand();
      case "help" -> new HelpCommand();
      case "host-validate" -> new HostValidateCommand();
      case "layers" -> new LayersCommand();
      case "list" -> new ListCommand();
      case "logs" -> new LogsCommand();
      case "managedsave" -> new ManagedsaveCommand();
      case "managedsave-remove" -> new ManagedsaveRemoveCommand();
      case "migrate" -> new MigrateCommand();
      case "migrate-receive" -> new MigrateReceiveCommand();
      case "net-autostart" -> new NetAutostartCommand();
      case "net-create" -> new NetCreateCommand();
      case "net-define" -> new NetDefineCommand();
      case "net-destroy" -> new NetDestroyCommand();
      case "net-dhcp-leases" -> new NetDhcpLeasesCommand();
      case "net-dumpxml" -> new NetDumpxmlCommand();
      case "net-edit" -> new NetEditCommand();
      case "net-event" -> new NetEventCommand();
      case "net-graph" -> new NetGraphCommand();
      case "net-info" -> new NetInfoCommand();
      case "net-list" -> new NetListCommand();
      case "net-name" -> new NetNameCommand();
      case "net-start" -> new NetStartCommand();
      case "net-undefine" -> new NetUndefineCommand();
      case "net-update" -> new NetUpdateCommand();
      case "net-uuid" -> new NetUuidCommand();
      case "plan" -> new PlanCommand();
      case "reboot" -> new RebootCommand();
      case "restore" -> new RestoreCommand();
      case "resume" -> new ResumeCommand();
      case "save" -> new SaveCommand();
      case "shutdown" -> new ShutdownCommand();
      case "snapshot-create-as" -> new SnapshotCreateAsCommand();
      case "snapshot-current" -> new SnapshotCurrentCommand();
      case "snapshot-delete" -> new SnapshotDeleteCommand();
      case "snapshot-dumpxml" -> new SnapshotDumpxmlCommand();
      case "snapshot-info" -> new SnapshotInfoCommand();
      case "snapshot-list" -> new SnapshotListCommand();
      case "snapshot-parent" -> new SnapshotParentCommand();
      case "snapshot-revert" -> new SnapshotRevertCommand();
      case "start" -> new StartCommand();
      case "suspend" -> new SuspendCommand();
      case "undefine" -> new UndefineCommand();
      case "update-device" -> new UpdateDeviceCommand();
      case "validate" -> new ValidateCommand();
      case "version" -> new VersionCommand();
      case "watchdog" -> new WatchdogCommand();
      default -> null;
    };
  }

  /** Whether the command surely reads a definition, for which much can be prepared meanwhile. */
  static boolean readsDefinition(String command) {
    return switch (command) {
      case "autostart",
          "checkpoint",
          "clone",
          "create",
          "define",
          "dominfo",
          "domrename",
          "dumpxml",
          "plan",
          "reboot",
          "restore",
          "shutdown",
          "snapshot-create-as",
          "snapshot-revert",
          "start",
          "validate" ->
          true;
      default -> false;
    };
  }
}
