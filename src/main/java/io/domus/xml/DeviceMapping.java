// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Disk;
import io.domus.domain.HostDevice;
import io.domus.domain.ImageFormat;
import io.domus.domain.Origin;
import io.domus.xml.bind.DiskBean;
import io.domus.xml.bind.HostdevBean;
import io.domus.xml.bind.HostdevSourceBean;
import java.util.List;
import java.util.Optional;

/** Turns the beans of disks and host devices into records. */
final class DeviceMapping {
  private final DomainMapping mapping;

  DeviceMapping(DomainMapping mapping) {
    this.mapping = mapping;
  }

  /** Those of kinds that a container cannot have are left out: a rule has told of them. */
  List<Disk> disks(List<DiskBean> beans) {
    return beans.stream()
        .filter(bean -> DeviceRules.isForContainers(bean))
        .map(this::disk)
        .toList();
  }

  private Disk disk(DiskBean bean) {
    boolean block = DeviceRules.type(bean).equals("block");
    Optional<ImageFormat> format =
        bean.driver == null
            ? Optional.empty()
            : DomainMapping.token(bean.driver.type)
                .map(type -> DomainMapping.constant(ImageFormat.class, type));
    return new Disk(
        block ? Disk.Kind.BLOCK : Disk.Kind.FILE,
        block ? bean.source.dev : bean.source.file,
        bean.target.dev.strip(),
        bean.readonly != null,
        format,
        mapping.origin(bean));
  }

  HostDevice hostDevice(HostdevBean bean) {
    Origin origin = mapping.origin(bean);
    HostdevSourceBean source = bean.source;
    return switch (bean.type.strip()) {
      case "storage" ->
          new HostDevice.Storage(DomainMapping.token(source.block).orElseThrow(), origin);
      case "misc" ->
          new HostDevice.Character(DomainMapping.token(source.character).orElseThrow(), origin);
      case "net" ->
          new HostDevice.Link(
              DomainMapping.token(source.link).orElseThrow(),
              bean.addresses.stream().map(each -> InterfaceMapping.address(each, mapping)).toList(),
              bean.routes.stream().map(each -> InterfaceMapping.route(each, mapping)).toList(),
              origin);
      default ->
          new HostDevice.Usb(
              DeviceRules.busNumber(source.address.bus).orElseThrow(),
              DeviceRules.busNumber(source.address.device).orElseThrow(),
              origin);
    };
  }
}
