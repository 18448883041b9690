// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Every rule with a sentence that says what breaks it. */
public final class RuleBook {
  /** Of all rules {@code once.ELEMENT} together. */
  static final String ONCE = "once";

  private static final SequencedMap<String, String> SENTENCES = new LinkedHashMap<>();

  static {
    say("xml.not-well-formed", "The text is no well-formed XML.");
    say("xml.encoding", "A byte is no character of the encoding that the document declares.");
    say("xml.doctype", "The document has a document type declaration, which is refused.");
    say("xml.too-large", "The document is larger than 4 MiB.");
    say("xml.too-deep", "Elements are nested deeper than 256.");
    say("xml.too-many-attributes", "An element has more than 100 attributes.");
    say("xml.attribute-too-long", "An attribute is longer than 64 KiB.");
    say("xml.too-many-faults", "There are more faults than are shown.");
    say("schema.unknown-element", "An element is unknown where it stands.");
    say("schema.unknown-attribute", "An attribute is unknown to its element.");
    say("schema.missing-attribute", "An element lacks an attribute that it must have.");
    say("schema.value", "A value is not of its type.");
    say("schema.text", "Text stands where only elements may.");
    say("schema.namespace", "An element of a foreign namespace stands outside of metadata.");
    say("schema.invalid", "The document breaks the schema in another way.");
    say(ONCE, "An element that may occur once occurs again.");
    say(
        "ignored",
        "An element or attribute is accepted for libvirt's sake and ignored by containers.");
    say("unsupported", "An element or attribute is accepted, but not supported yet.");
    say("name.missing", "A document needs a name.");
    say("memory.missing", "A domain needs a limit of memory.");
    say("memory.zero", "An amount of memory must not be 0.");
    say("memory.small", "An amount of memory is so small that its unit was probably left out.");
    say("memory.too-large", "An amount of memory is 8 EiB or more.");
    say("memory.current-above-memory", "The memory at start is more than the limit.");
    say("os.missing", "A domain needs an os element.");
    say("os.type", "An os element needs the type exe.");
    say("os.no-init", "An os element needs the path of the init program.");
    say(
        "os.path",
        "A path in the guest must be absolute and without `.`, `..` and needless slashes.");
    say("os.duplicate-initenv", "An environment variable is set twice.");
    say("idmap.pair", "Users and groups must be mapped together.");
    say("idmap.root", "No range maps the root of the guest.");
    say("idmap.range", "A range ends beyond the highest id.");
    say("idmap.overlap", "Two ranges overlap, in the guest or on the host.");
    say("idmap.mode", "Mode auto chooses the ranges itself, so none may be given.");
    say("idmap.too-many-ranges", "There are more ranges than the kernel takes.");
    say("memtune.amount", "A limit of memory is 0 or impossibly large.");
    say("memtune.soft-limit", "A soft limit lies above the hard one and has no effect.");
    say("cputune.quota", "A quota of CPU time is more than the kernel takes.");
    say("memtune.swap-limit", "A limit of memory and swap together is less than that of memory.");
    say("tuning.number-set", "A set of CPUs or nodes names none.");
    say("blkiotune.weight", "A weight of block I/O is out of its range.");
    say("blkiotune.path", "A limit of block I/O lacks the path of its device.");
    say("blkiotune.duplicate-device", "A device has two limits of block I/O.");
    say("resource.partition", "A partition is no absolute, normalised path.");
    say("share.value", "What is named to share a namespace with is no such thing.");
    say("share.network", "A shared network contradicts a network or interface of one's own.");
    say("share.idmap", "A guest with mapped ids cannot join another's namespaces.");
    say("seclabel.label", "A static security label lacks its text.");
    say("seclabel.duplicate", "There are two security labels for one model.");
    say("fs.no-root", "No filesystem has the target `/`: a container needs a root of its own.");
    say("fs.not-a-root", "A filesystem of this type cannot be the root.");
    say(
        "fs.unsupported-type",
        "A type of filesystem is libvirt's for virtual machines or storage pools.");
    say("fs.one-target", "A filesystem has exactly one target.");
    say("fs.duplicate-target", "Two filesystems have the same target.");
    say(
        "fs.target-not-normalised",
        "A target must be absolute and without `.`, `..` and needless slashes.");
    say("fs.no-source", "A filesystem or layer lacks its source.");
    say("fs.one-source", "Only an overlay has two sources.");
    say(
        "fs.source-attribute",
        "A source has an attribute that does not go with its type, or lacks the one that does.");
    say("fs.relative-source", "A path of the host must be absolute.");
    say(
        "fs.bind-source",
        "A path in the guest must be absolute and without `.`, `..` and needless slashes.");
    say("fs.path-encoding", "A path has characters that this locale has no bytes for.");
    say("fs.backing-store", "Only an overlay has layers.");
    say("fs.ram-size", "A size of a ram filesystem is impossible.");
    say("fs.space-limit", "A limit of space is impossible.");
    say("fs.mount-option", "A mount option is unknown.");
    say("image.driver", "The driver and formats of an image do not go together.");
    say(
        "overlay.source-count",
        "An overlay has two sources, upper and work directory, or none and is read-only.");
    say("overlay.no-lower", "An overlay needs at least one layer.");
    say("overlay.too-many-lowers", "An overlay has more layers than the kernel takes.");
    say("overlay.same-directory", "A directory serves twice where each must be one's own.");
    say("overlay.nested-directory", "Directories of one overlay lie in one another.");
    say("overlay.qcow2-backing", "What is said of an image's backing file is impossible.");
    say("overlay.option-place", "Overlay options stand in a filesystem that is none.");
    say("overlay.option-twice", "An overlay option is set twice.");
    say("overlay.option-value", "An overlay option has a value that overlayfs does not know.");
    say("store.not-a-layer", "A layer lacks its type.");
    say("store.two-directories", "A layer of a directory names two.");
    say("net.type", "A type of interface is not for containers.");
    say("net.source", "An interface lacks the source that goes with its type.");
    say("net.address", "An address is none of its family.");
    say("net.prefix", "A prefix is longer than an address of its family.");
    say("net.netmask", "A netmask goes neither with a prefix nor with IPv6.");
    say("net.bandwidth", "A limit of bandwidth is incomplete or in the wrong place.");
    say("net.duplicate-mac", "Two interfaces have the same MAC address.");
    say("net.duplicate-target", "Two interfaces have the same device name on the host.");
    say("net.duplicate-guest", "Two interfaces have the same device name in the guest.");
    say("net.duplicate-port", "A port of the host is published twice.");
    say("net.mode", "An interface has a mode that is not for containers.");
    say("net.name", "A network has a name that no file can have.");
    say("net.link-name", "A name cannot be that of a network device.");
    say("net.forward-mode", "An element does not go with the forward mode of its network.");
    say("net.forward-devices", "Devices are listed in two ways at once.");
    say("net.duplicate-device", "A device is listed twice.");
    say(
        "net.no-device",
        "Nothing can be connected to a network: it names no bridge and no device.");
    say("net.hostdev", "A network is of use to virtual machines only.");
    say("net.pci", "A PCI address is impossible.");
    say("net.nat-range", "A range of addresses or ports ends before it starts.");
    say("net.no-ip", "A network that routes has no address.");
    say("net.subnet-overlap", "Two subnets of a network overlap.");
    say("net.host-address", "An address cannot be that of a host.");
    say("net.no-prefix", "The size of a subnet is not said.");
    say("net.duplicate-address", "A guest has the same address twice in a network.");
    say("net.mac", "An interface has the hardware address of nobody.");
    say("net.mtu", "The largest packet is less than addresses need.");
    say("net.publish", "A port is published where nobody reaches it.");
    say("net.dhcp-range", "A range of DHCP is not one of free addresses of its subnet.");
    say("net.range-overlap", "Two ranges of DHCP overlap.");
    say("net.dhcp-host", "A host of DHCP has an address or name that it cannot have.");
    say("net.dhcp-twice", "A family of addresses has two DHCP servers.");
    say("net.duplicate-host", "Two hosts of DHCP have the same address, name or id.");
    say("net.lease", "A time of a lease is impossible.");
    say("net.tftp", "A TFTP server lacks its directory, or is not for IPv4.");
    say("net.dns-disabled", "DNS is off, and something is said about it all the same.");
    say("net.dns-host", "A host of DNS lacks its address or its names.");
    say("net.duplicate-dns-host", "An address has two lists of names.");
    say("net.forwarder", "A forwarder says neither where to nor for what.");
    say("net.srv", "A service record is incomplete.");
    say("net.register", "A domain is registered on the host that questions leave again.");
    say("net.route", "A route is incomplete or leads to no network.");
    say("net.gateway", "The gateway of a route is in no subnet of its network.");
    say("net.duplicate-portgroup", "Two port groups have the same name.");
    say("net.default-portgroup", "Two port groups are the default one.");
    say("net.vlan", "The tags of a VLAN do not go together, or are where none can be.");
    say("net.filter-parameter", "A packet filter has no such parameter.");
    say("net.virtualport", "The parameters of a virtual port do not go with its type.");
    say("net.no-effect", "Something has no effect here.");
    say("disk.source", "A disk lacks the source that goes with its type.");
    say("disk.target", "A disk lacks its target.");
    say("disk.mknod", "A guest that may make device nodes has a disk of an image.");
    say("hostdev.type", "Such a device of the host cannot be given to a container.");
    say("hostdev.source", "A device of the host lacks what says which one.");
    say("hostdev.usb-address", "A USB address is out of its range.");
    say("device.node", "A device node would lie outside of `/dev`.");
    say("device.duplicate-node", "Two devices have the same node in the guest.");
    say("console.type", "A console is of a type that containers have not.");
    say("autostart.after-self", "A domain starts after itself.");
    say("autostart.ready-value", "What shows that a domain is ready is incomplete.");
    say("autostart.ready-interval", "The interval between two looks is 0.");
    say("autostart.watchdog", "A watchdog would look at what never changes.");
    say("shutdown.signal", "There is no such signal.");
    say("snapshot.name", "A snapshot has a name that no file can have.");
    say("snapshot.parent", "A snapshot has no possible parent.");
    say("snapshot.memory", "Where the memory of a snapshot lies is incomplete.");
    say("metadata.namespace", "Metadata holds two elements of one namespace.");
    say("checkpoint.criu-missing", "CRIU is not installed.");
    say("checkpoint.criu-version", "CRIU is too old for the running kernel.");
    say("checkpoint.criu-sockets", "CRIU is too old for network sockets of the running kernel.");
    say("checkpoint.runtime", "The container runtime was built without CRIU.");
    say("checkpoint.network-lock", "CRIU lacks the program that locks the guest's network.");
    say("checkpoint.nested-root", "The guest's root is an overlay on an overlay.");
    say("checkpoint.mount-line", "A line of the guest's mount table is too long for CRIU.");
    say("checkpoint.idmap", "The guest has mapped ids.");
    say("checkpoint.device", "The guest has a device that CRIU cannot dump once it is open.");
    say(
        "checkpoint.host-link",
        "A network device of the host is in the guest, or one on top of it.");
    say("checkpoint.fuse", "The guest has mounted a fuse filesystem.");
    say("checkpoint.inotify", "A process watches files on an overlay.");
    say("checkpoint.traced", "A process is traced.");
    say("checkpoint.stopped", "A process is stopped by a signal where CRIU would hang for it.");
    say("checkpoint.io-uring", "A process uses io_uring.");
    say("checkpoint.limits", "CRIU may not read the limits of a process of another user.");
    say("start.after-unknown", "A domain starts after one that is not defined.");
    say("start.refused", "A start on this connection refuses what the definition asks for.");
    say("start.missing", "A bridge or device of the host that the definition names is not there.");
    say("start.prefix", "A guest's prefix is not that of its network.");
    say("start.shared-port", "Another domain publishes the same port of the host.");
    say("set.duplicate-name", "Two documents of one kind have the same name.");
    say("set.duplicate-uuid", "Two documents of one kind have the same uuid.");
    say("set.duplicate-mac", "Interfaces of two domains have the same MAC address.");
    say("set.duplicate-bridge", "Two networks have the same bridge.");
    say("set.no-portgroup", "An interface names a port group that its network has not.");
    say("set.address-outside", "A guest's address is none that its network has for guests.");
    say("set.prefix", "A guest's prefix is not that of its network.");
    say("set.unreachable-port", "A port is published in a network in which it leads to no guest.");
    say("set.duplicate-address", "Interfaces of two domains have the same address in a network.");
    say("set.duplicate-port", "Two domains publish the same port of the host.");
    say("set.subnet-overlap", "Subnets of two networks overlap.");
    say("set.no-network", "An interface names a network almost as one of the documents is called.");
    say("set.written-twice", "Two domains write to one directory, image or device.");
    say("set.written-layer", "A layer or read-only image of one domain is written to by another.");
    say("set.after-unknown", "A domain starts after one that is not among the documents.");
    say("set.after-cycle", "Domains wait for one another to start.");
  }

  private RuleBook() {}

  private static void say(String rule, String sentence) {
    SENTENCES.put(rule, sentence);
  }

  /** What breaks a rule; of one that is not known only that it was broken. */
  public static String sentence(String rule) {
    return SENTENCES.getOrDefault(entry(rule), "A rule is broken.");
  }

  /** The rule itself, or the one that stands for all of its family. */
  static String entry(String rule) {
    return rule.startsWith(ONCE + ".") ? ONCE : rule;
  }

  static Map<String, String> all() {
    return Collections.unmodifiableMap(SENTENCES);
  }
}
