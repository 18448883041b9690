#!/bin/sh
# net-start network second; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/second

# state of the run
mkdir -p -m 0755 /run/domus/networks/second

# who is connected
mkdir -p -m 0755 /run/domus/networks/second/ports

# the bridge (network.xml:1)
ip link add name dom0 address 52:54:00:00:00:00 type bridge forward_delay 0 stp_state 0

# whose it is
ip link set dev dom0 alias domus:system:second

# the network has no address of IPv6 (network.xml:1)
echo 1 >/proc/sys/net/ipv6/conf/dom0/disable_ipv6

# addresses and routes of the host
cat > /run/domus/networks/second/bridge.ip <<'DOMUS'
address add 192.0.2.1/24 broadcast + dev dom0
link set dev dom0 up
DOMUS
chmod 0644 /run/domus/networks/second/bridge.ip

# give the bridge its addresses and bring it up
ip -batch /run/domus/networks/second/bridge.ip

# rules of the other networks
cat > /run/domus/networks/second/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "dom1" oifname "dom1" accept comment "network first"
    iifname "dom1" ip saddr 198.51.100.0/24 accept
    iifname "dom1" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "dom1" oifname "dom1" accept comment "network first"
    oifname "dom1" ip daddr 198.51.100.0/24 ct state established,related accept
    oifname "dom1" reject with icmpx admin-prohibited
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr 198.51.100.0/24 ip daddr { 224.0.0.0/24, 255.255.255.255 } return comment "network first"
    ip saddr 198.51.100.0/24 oifname != "dom1" masquerade
  }
}
DOMUS
chmod 0600 /run/domus/networks/second/rules.before.nft

# rules of all networks
cat > /run/domus/networks/second/rules.nft <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "dom1" oifname "dom1" accept comment "network first"
    iifname "dom1" ip saddr 198.51.100.0/24 accept
    iifname "dom1" reject with icmpx admin-prohibited
    iifname "dom0" oifname "dom0" accept comment "network second"
    iifname "dom0" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "dom1" oifname "dom1" accept comment "network first"
    oifname "dom1" ip daddr 198.51.100.0/24 ct state established,related accept
    oifname "dom1" reject with icmpx admin-prohibited
    iifname "dom0" oifname "dom0" accept comment "network second"
    oifname "dom0" reject with icmpx admin-prohibited
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr 198.51.100.0/24 ip daddr { 224.0.0.0/24, 255.255.255.255 } return comment "network first"
    ip saddr 198.51.100.0/24 oifname != "dom1" masquerade
  }
}
DOMUS
chmod 0600 /run/domus/networks/second/rules.nft

# all rules in one transaction
nft -f /run/domus/networks/second/rules.nft

# addresses for guests
mkdir -p -m 0755 /run/domus/networks/second/hosts

# names of guests
mkdir -p -m 0755 /run/domus/networks/second/names

# configuration of dnsmasq
cat > /run/domus/networks/second/dnsmasq.conf <<'DOMUS'
pid-file=/run/domus/networks/second/dnsmasq.pid
user=dnsmasq
interface=dom0
except-interface=lo
bind-dynamic
strict-order
hostsdir=/run/domus/networks/second/names
domain-needed
no-resolv
DOMUS
chmod 0644 /run/domus/networks/second/dnsmasq.conf

# DHCP and DNS (network.xml:3)
dnsmasq --conf-file=/run/domus/networks/second/dnsmasq.conf
