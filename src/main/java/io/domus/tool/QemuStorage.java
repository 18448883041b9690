// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** An empty qcow2 image. */
  public static Command create(Path image, long bytes) {
    return Command.of(
        "qemu-img", "create", "-q", "-f", "qcow2", image.toString(), Long.toString(bytes));
  }

  /**
   * An empty qcow2 image upon another one.
   *
   * @param backing absolute, or relative to where the image lies
   * @param bytes empty for the size of the backing image
   */
  public static Command createBacked(
      Path image, Path backing, String backingFormat, Optional<Long> bytes) {
    List<String> argv = new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", "qcow2"));
    argv.addAll(List.of("-b", backing.toString(), "-F", backingFormat, image.toString()));
    bytes.ifPresent(size -> argv.add(size.toString()));
    return Command.of(argv);
  }

  /** The same, while the backing image is not there yet. */
  public static Command createAhead(Path image, Path backing, String backingFormat, long bytes) {
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
        backingFormat,
        image.toString(),
        Long.toString(bytes));
  }

  /** Changes how an image names its backing image, and nothing else. */
  public static Command rename(Path image, Path backing, String backingFormat) {
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
        backingFormat,
        image.toString());
  }

  /** Grows a qcow2 image; one that is larger is refused, not cut. */
  public static Command resize(Path image, long bytes) {
    return Command.of(
        "qemu-img", "resize", "-q", "-f", "qcow2", image.toString(), Long.toString(bytes));
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }

  /** In QEMU's option syntax a comma stands for itself when doubled. */
  private static String escape(Path path) {
    return path.toString().replace(",", ",,");
  }
}
