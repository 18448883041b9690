#!/bin/sh
# net-destroy network host-bridge; run in: the host's namespaces
set -eu

# what the run read
rm -f /run/domus/networks/host-bridge/hosts/definition

# what the run read
rm -f /run/domus/networks/host-bridge/names/definition

# what the run read
rm -f /run/domus/networks/host-bridge/dnsmasq.conf

# what the run read
rm -f /run/domus/networks/host-bridge/bridge.ip

# what the run read
rm -f /run/domus/networks/host-bridge/bridge.before.ip

# what the run read
rm -f /run/domus/networks/host-bridge/rules.nft

# what the run read
rm -f /run/domus/networks/host-bridge/rules.before.nft

# what the run read
if [ -d /run/domus/networks/host-bridge/hosts ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/host-bridge/hosts; fi

# what the run read
if [ -d /run/domus/networks/host-bridge/names ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/host-bridge/names; fi

# who is still connected stays
if [ -d /run/domus/networks/host-bridge/ports ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/host-bridge/ports; fi
