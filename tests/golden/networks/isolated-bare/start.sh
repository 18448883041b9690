#!/bin/sh
# net-start network wire; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/wire

# state of the run
mkdir -p -m 0755 /run/domus/networks/wire

# who is connected
mkdir -p -m 0755 /run/domus/networks/wire/ports

# the bridge (network.xml:3)
ip link add name wire0 address 52:54:00:00:00:00 type bridge forward_delay 0 stp_state 0

# whose it is
ip link set dev wire0 alias domus:system:wire

# the network has no address of IPv6 (network.xml:1)
echo 1 >/proc/sys/net/ipv6/conf/wire0/disable_ipv6

# addresses and routes of the host
cat > /run/domus/networks/wire/bridge.ip <<'DOMUS'
link set dev wire0 up
DOMUS
chmod 0644 /run/domus/networks/wire/bridge.ip

# give the bridge its addresses and bring it up
ip -batch /run/domus/networks/wire/bridge.ip

# rules of the other networks
cat > /run/domus/networks/wire/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 /run/domus/networks/wire/rules.before.nft

# rules of all networks
cat > /run/domus/networks/wire/rules.nft <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "wire0" oifname "wire0" accept comment "network wire"
    iifname "wire0" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "wire0" oifname "wire0" accept comment "network wire"
    oifname "wire0" reject with icmpx admin-prohibited
  }
}
DOMUS
chmod 0600 /run/domus/networks/wire/rules.nft

# all rules in one transaction
nft -f /run/domus/networks/wire/rules.nft
