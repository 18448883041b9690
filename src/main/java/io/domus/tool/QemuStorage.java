// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of QEMU's storage tools. */
public final class QemuStorage {
  /** The program that makes network block devices of images. */
  public static final String NBD = "qemu-nbd";

  private QemuStorage() {}

  /** Shows a qcow2 image's content as a raw file at {@code export}, a file that exists. */
  public static Command fuseExport(Path image, Path export, Path pidFile, boolean readonly) {
    return Command.of(
        "qemu-storage-daemon",
        "--daemonize",
        "--pidfile",
        pidFile.toString(),
        "--blockdev",
        "driver=file,node-name=file,filename=" + escape(image) + ",read-only=" + onOff(readonly),
        "--blockdev",
        "driver=qcow2,node-name=image,file=file,discard=unmap,read-only=" + onOff(readonly),
        "--export",
        "type=fuse,id=export,node-name=image,allow-other=off,growable=off,mountpoint="
            + escape(export)
            + ",writable="
            + onOff(!readonly));
  }

  public static Command nbdConnect(Path image, Path device, boolean readonly) {
    List<String> argv = new ArrayList<>(List.of(NBD, "--format=qcow2"));
    argv.add("--connect=" + device);
    if (readonly) {
      argv.add("--read-only");
    }
    argv.add(image.toString());
    return Command.of(argv);
  }

  public static Command nbdDisconnect(Path device) {
    return Command.of(NBD, "--disconnect", device.toString());
  }

  /** What an image says of itself, as JSON, without locking it. */
  public static Command info(Path image) {
    return Command.of(
        "qemu-img", "info", "--force-share", "--output=json", "--format=qcow2", image.toString());
  }

  /** An image with nothing in it. */
  public static Command create(Path image, long bytes) {
    return Command.of(
        "qemu-img", "create", "-q", "-f", "qcow2", image.toString(), Long.toString(bytes));
  }

  /** An image with nothing in it of its own; the backing file need not be there yet. */
  public static Command createOver(Path image, Path backing, String format, long bytes) {
    return Command.of(
        "qemu-img",
        "create",
        "-q",
        "-u",
        "-f",
        "qcow2",
        "-b",
        backing.toString(),
        "-F",
        format,
        image.toString(),
        Long.toString(bytes));
  }

  public static Command resize(Path image, long bytes) {
    return Command.of(
        "qemu-img", "resize", "-q", "-f", "qcow2", image.toString(), Long.toString(bytes));
  }

  /** Changes how an image names its backing file, and nothing else. */
  public static Command renameBacking(Path image, Path backing, String format) {
    return Command.of(
        "qemu-img",
        "rebase",
        "-q",
        "-u",
        "-f",
        "qcow2",
        "-b",
        backing.toString(),
        "-F",
        format,
        image.toString());
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }

  /** In QEMU's option syntax a comma stands for itself when doubled. */
  private static String escape(Path path) {
    return path.toString().replace(",", ",,");
  }
}
