#!/bin/sh
# net-start network default; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/default

# state of the run
mkdir -p -m 0755 /run/domus/networks/default

# who is connected
mkdir -p -m 0755 /run/domus/networks/default/ports

# the bridge (network.xml:1)
ip link add name dom0 address 52:54:00:00:00:00 type bridge forward_delay 0 stp_state 0

# whose it is
ip link set dev dom0 alias domus:system:default

# the network has no address of IPv6 (network.xml:1)
echo 1 >/proc/sys/net/ipv6/conf/dom0/disable_ipv6

# addresses and routes of the host
cat > /run/domus/networks/default/bridge.ip <<'DOMUS'
address add 192.168.124.1/24 broadcast + dev dom0
link set dev dom0 up
DOMUS
chmod 0644 /run/domus/networks/default/bridge.ip

# give the bridge its addresses and bring it up
ip -batch /run/domus/networks/default/bridge.ip

# notes on packet forwarding
mkdir -p -m 0755 /run/domus-forwarding

# who needs the host to forward packets
mkdir -p -m 0755 /run/domus-forwarding/users

# this network needs it
cat > /run/domus-forwarding/users/system:default <<'DOMUS'
ipv4
DOMUS
chmod 0644 /run/domus-forwarding/users/system:default

# it was off, and is to be so again
cat > /run/domus-forwarding/ipv4 <<'DOMUS'
0
DOMUS
chmod 0644 /run/domus-forwarding/ipv4

# the host forwards ipv4
echo 1 >/proc/sys/net/ipv4/ip_forward

# rules of the other networks
cat > /run/domus/networks/default/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 /run/domus/networks/default/rules.before.nft

# rules of all networks
cat > /run/domus/networks/default/rules.nft <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network default"
    iifname "dom0" ip saddr 192.168.124.0/24 accept
    iifname "dom0" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network default"
    oifname "dom0" ip daddr 192.168.124.0/24 ct state established,related accept
    oifname "dom0" reject with icmpx admin-prohibited
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr 192.168.124.0/24 ip daddr { 224.0.0.0/24, 255.255.255.255 } return comment "network default"
    ip saddr 192.168.124.0/24 oifname != "dom0" masquerade
  }
}
DOMUS
chmod 0600 /run/domus/networks/default/rules.nft

# all rules in one transaction
nft -f /run/domus/networks/default/rules.nft

# addresses for guests
mkdir -p -m 0755 /run/domus/networks/default/hosts

# names of guests
mkdir -p -m 0755 /run/domus/networks/default/names

# configuration of dnsmasq
cat > /run/domus/networks/default/dnsmasq.conf <<'DOMUS'
pid-file=/run/domus/networks/default/dnsmasq.pid
user=dnsmasq
interface=dom0
except-interface=lo
bind-dynamic
strict-order
hostsdir=/run/domus/networks/default/names
dhcp-range=192.168.124.2,192.168.124.254,255.255.255.0
dhcp-no-override
dhcp-authoritative
dhcp-lease-max=1000
dhcp-hostsdir=/run/domus/networks/default/hosts
dhcp-leasefile=/var/lib/domus/networks/default/leases
DOMUS
chmod 0644 /run/domus/networks/default/dnsmasq.conf

# DHCP and DNS (network.xml:4)
dnsmasq --conf-file=/run/domus/networks/default/dnsmasq.conf
