#!/bin/sh
# net-destroy network direct; run in: the host's namespaces
set -eu

# what the run read
rm -f /run/domus/networks/direct/hosts/definition

# what the run read
rm -f /run/domus/networks/direct/names/definition

# what the run read
rm -f /run/domus/networks/direct/dnsmasq.conf

# what the run read
rm -f /run/domus/networks/direct/bridge.ip

# what the run read
rm -f /run/domus/networks/direct/bridge.before.ip

# what the run read
rm -f /run/domus/networks/direct/rules.nft

# what the run read
rm -f /run/domus/networks/direct/rules.before.nft

# what the run read
if [ -d /run/domus/networks/direct/hosts ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/direct/hosts; fi

# what the run read
if [ -d /run/domus/networks/direct/names ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/direct/names; fi

# who is still connected stays
if [ -d /run/domus/networks/direct/ports ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/direct/ports; fi
