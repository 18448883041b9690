// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** The real kernel. */
public final class LinuxSyscalls
    implements LinuxDescriptorCalls,
        LinuxFileCalls,
        LinuxMountCalls,
        LinuxProcessCalls,
        LinuxDeviceCalls,
        LinuxSocketCalls {}
