// SPDX-License-Identifier: Apache-2.0
package io.domus.oci;

import java.util.List;

/**
 * A list of refused system calls; everything else is allowed, because a system container's init and
 * its services use more of the kernel than any list of allowed calls foresees.
 *
 * @param refused the calls that fail with EPERM, each only a way from the guest into the host's
 *     kernel: modules, kexec, raw ports, the host's clock, swap and accounting, file handles
 */
public record SeccompProfile(List<String> refused) {
  /** seccomp(2) refuses by name what the kernel would often refuse by capability: two locks. */
  public static final SeccompProfile DEFAULT =
      new SeccompProfile(
          List.of(
              "acct",
              "add_key",
              "bpf",
              "clock_adjtime",
              "clock_settime",
              "create_module",
              "delete_module",
              "finit_module",
              "get_kernel_syms",
              "init_module",
              "io_uring_enter",
              "io_uring_register",
              "io_uring_setup",
              "ioperm",
              "iopl",
              "kexec_file_load",
              "kexec_load",
              "keyctl",
              "lookup_dcookie",
              "nfsservctl",
              "open_by_handle_at",
              "perf_event_open",
              "query_module",
              "request_key",
              "settimeofday",
              "stime",
              "swapoff",
              "swapon",
              "userfaultfd",
              "vm86",
              "vm86old"));

  public SeccompProfile {
    refused = List.copyOf(refused);
  }
}
