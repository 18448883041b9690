// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Origin;
import io.domus.domain.Tuning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Block I/O: weights, and limits on devices, which cgroups know by their numbers. */
final class BlockIoReader {
  private static final String V1 = "lxc.cgroup.blkio.";
  private static final String V2 = "lxc.cgroup2.io.";
  private static final int LEAST = 10;
  private static final int MOST = 1000;

  /** The limits of {@code io.max} and of {@code blkio.throttle}, and what they are called there. */
  private static final Map<String, String> THROTTLES =
      Map.of(
          "rbps", "throttle.read_bps_device",
          "wbps", "throttle.write_bps_device",
          "riops", "throttle.read_iops_device",
          "wiops", "throttle.write_iops_device");

  private final Settings settings;
  private final Report report;

  /** By device, then by word. */
  private final Map<String, Map<String, Long>> limits = new LinkedHashMap<>();

  BlockIoReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  Tuning.BlockIo read() {
    List<Setting> plain = new ArrayList<>();
    for (Setting setting : settings.all(V2 + "weight")) {
      List<String> words = Values.words(setting.value());
      if (words.size() == 2 && words.getFirst().contains(":")) {
        weight(setting, words.getFirst(), words.getLast(), true);
      } else {
        plain.add(setting);
      }
    }
    plain.addAll(settings.all(V1 + "weight"));
    plain.addAll(settings.all(V1 + "bfq.weight"));
    plain.sort(java.util.Comparator.comparingInt(Setting::order));
    plain.stream()
        .limit(Math.max(0, plain.size() - 1))
        .forEach(earlier -> report.lost(earlier, "replaced in " + plain.getLast().at()));
    Optional<Integer> weight = plain.isEmpty() ? Optional.empty() : weight(plain.getLast());
    for (Setting setting : settings.all(V1 + "weight_device")) {
      pair(setting).ifPresent(pair -> weight(setting, pair.getFirst(), pair.getLast(), false));
    }
    THROTTLES.forEach((word, key) -> settings.all(V1 + key).forEach(each -> throttle(each, word)));
    settings.all(V2 + "max").forEach(this::maximum);
    return new Tuning.BlockIo(
        weight, limits.entrySet().stream().map(BlockIoReader::device).toList());
  }

  private static Tuning.BlockIo.Device device(Map.Entry<String, Map<String, Long>> entry) {
    Map<String, Long> words = entry.getValue();
    return new Tuning.BlockIo.Device(
        "/dev/block/" + entry.getKey(),
        Optional.ofNullable(words.get("weight")).map(Long::intValue),
        Optional.ofNullable(words.get("rbps")),
        Optional.ofNullable(words.get("wbps")),
        Optional.ofNullable(words.get("riops")),
        Optional.ofNullable(words.get("wiops")),
        Origin.NONE);
  }

  private Optional<Integer> weight(Setting setting) {
    String text = setting.value();
    boolean unified = setting.key().startsWith(V2);
    String number = unified && text.startsWith("default ") ? text.substring(8).strip() : text;
    return scaled(setting, number, unified);
  }

  private Optional<Integer> scaled(Setting setting, String number, boolean unified) {
    OptionalLong weight = Values.whole(number, 1, unified ? 10_000 : MOST);
    if (weight.isEmpty()) {
      report.lost(setting, "no weight from 1 to " + (unified ? 10_000 : MOST));
      return Optional.empty();
    }
    long value = unified ? ofUnified(weight.getAsLong()) : weight.getAsLong();
    return Optional.of((int) Math.max(LEAST, value));
  }

  /** From 1-10000 to 10-1000, as the OCI specification relates them. */
  static long ofUnified(long weight) {
    return LEAST + Math.round((weight - 1) * 990.0 / 9999);
  }

  static long toUnified(long weight) {
    return 1 + Math.round((weight - LEAST) * 9999.0 / 990);
  }

  private void weight(Setting setting, String device, String number, boolean unified) {
    if (isDevice(setting, device)) {
      scaled(setting, number, unified)
          .ifPresent(weight -> words(device).put("weight", (long) weight));
    }
  }

  private Map<String, Long> words(String device) {
    return limits.computeIfAbsent(device, _ -> new LinkedHashMap<>());
  }

  private boolean isDevice(Setting setting, String text) {
    if (text.matches("[0-9]{1,6}:[0-9]{1,7}")) {
      return true;
    }
    report.lost(setting, "expected a device by its numbers, such as 8:0");
    return false;
  }

  private Optional<List<String>> pair(Setting setting) {
    List<String> words = Values.words(setting.value());
    if (words.size() != 2) {
      report.lost(setting, "expected a device by its numbers, and a limit");
      return Optional.empty();
    }
    return Optional.of(words);
  }

  private void throttle(Setting setting, String word) {
    pair(setting).ifPresent(pair -> limit(setting, pair.getFirst(), word, pair.getLast()));
  }

  private void limit(Setting setting, String device, String word, String number) {
    if (!isDevice(setting, device)) {
      return;
    }
    OptionalLong limit = number.equals("max") ? OptionalLong.of(0) : Values.bytes(number);
    if (limit.isEmpty()) {
      report.lost(setting, number, "no number");
    } else {
      words(device).put(word, limit.getAsLong());
    }
  }

  /** {@code 8:0 rbps=1048576 wiops=max}. */
  private void maximum(Setting setting) {
    List<String> words = Values.words(setting.value());
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      if (equals > 0 && THROTTLES.containsKey(word.substring(0, equals))) {
        limit(setting, words.getFirst(), word.substring(0, equals), word.substring(equals + 1));
      } else {
        report.lost(setting, word, "expected rbps, wbps, riops or wiops with a number");
      }
    }
    if (words.size() == 1) {
      report.lost(setting, "expected a device by its numbers, and limits");
    }
  }
}
