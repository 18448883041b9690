// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What {@link FakeSyscalls} knows: files, mounts, descriptors, processes, and the calls made. */
final class FakeKernel {
  final FakeFiles files = new FakeFiles();
  final FakeMounts mounts = new FakeMounts(files);
  final Map<Integer, FakeOpen> descriptors = new ConcurrentSkipListMap<>();
  final Map<Integer, List<Signal>> processes = new ConcurrentSkipListMap<>();
  final List<String> calls = new ArrayList<>();
  final Map<String, Errno> faults = new TreeMap<>();

  /** Notes a call that changes the machine, or fails where a test asked for it. */
  synchronized void record(String call) throws KernelException {
    for (Map.Entry<String, Errno> fault : faults.entrySet()) {
      if (call.startsWith(fault.getKey())) {
        throw new KernelException(call, fault.getValue());
      }
    }
    calls.add(call);
  }

  synchronized Fd fd(Syscalls owner, FakeOpen open) {
    int number = 3;
    while (descriptors.containsKey(number)) {
      number++;
    }
    descriptors.put(number, open);
    return new Fd(owner, number);
  }

  <T extends FakeOpen> T get(String call, Fd fd, Class<T> kind) throws KernelException {
    FakeOpen open = descriptors.get(fd.number());
    if (open == null) {
      throw FakeFiles.failure(call, fd, Errno.EBADF);
    }
    if (!kind.isInstance(open)) {
      throw FakeFiles.failure(call, fd, Errno.EINVAL);
    }
    return kind.cast(open);
  }
}
