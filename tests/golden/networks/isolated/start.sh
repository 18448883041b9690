#!/bin/sh
# net-start network lab; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/lab

# state of the run
mkdir -p -m 0755 /run/domus/networks/lab

# who is connected
mkdir -p -m 0755 /run/domus/networks/lab/ports

# the bridge (network.xml:1)
ip link add name dom0 address 52:54:00:00:00:00 type bridge forward_delay 0 stp_state 0

# whose it is
ip link set dev dom0 alias domus:system:lab

# the network has no address of IPv6 (network.xml:1)
echo 1 >/proc/sys/net/ipv6/conf/dom0/disable_ipv6

# addresses and routes of the host
cat > /run/domus/networks/lab/bridge.ip <<'DOMUS'
address add 192.0.2.1/24 broadcast + dev dom0
link set dev dom0 up
DOMUS
chmod 0644 /run/domus/networks/lab/bridge.ip

# give the bridge its addresses and bring it up
ip -batch /run/domus/networks/lab/bridge.ip

# rules of the other networks
cat > /run/domus/networks/lab/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 /run/domus/networks/lab/rules.before.nft

# rules of all networks
cat > /run/domus/networks/lab/rules.nft <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network lab"
    iifname "dom0" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network lab"
    oifname "dom0" reject with icmpx admin-prohibited
  }
}
DOMUS
chmod 0600 /run/domus/networks/lab/rules.nft

# all rules in one transaction
nft -f /run/domus/networks/lab/rules.nft

# addresses for guests
mkdir -p -m 0755 /run/domus/networks/lab/hosts

# names of guests
mkdir -p -m 0755 /run/domus/networks/lab/names

# configuration of dnsmasq
cat > /run/domus/networks/lab/dnsmasq.conf <<'DOMUS'
pid-file=/run/domus/networks/lab/dnsmasq.pid
user=dnsmasq
interface=dom0
except-interface=lo
bind-dynamic
strict-order
domain=lab.example
expand-hosts
hostsdir=/run/domus/networks/lab/names
domain-needed
local=/lab.example/
no-resolv
dhcp-range=192.0.2.100,192.0.2.200,255.255.255.0
dhcp-option=option:router
dhcp-no-override
dhcp-authoritative
dhcp-lease-max=1000
dhcp-hostsdir=/run/domus/networks/lab/hosts
dhcp-leasefile=/var/lib/domus/networks/lab/leases
DOMUS
chmod 0644 /run/domus/networks/lab/dnsmasq.conf

# DHCP and DNS (network.xml:4)
dnsmasq --conf-file=/run/domus/networks/lab/dnsmasq.conf
