#!/bin/sh
# net-start network routed; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/routed

# state of the run
mkdir -p -m 0755 /run/domus/networks/routed

# who is connected
mkdir -p -m 0755 /run/domus/networks/routed/ports

# the bridge (network.xml:1)
ip link add name dom0 address 52:54:00:00:00:00 type bridge forward_delay 0 stp_state 0

# whose it is
ip link set dev dom0 alias domus:system:routed

# the host is the router (network.xml:5)
echo 0 >/proc/sys/net/ipv6/conf/dom0/accept_ra

# the host has the addresses of the definition (network.xml:5)
echo 0 >/proc/sys/net/ipv6/conf/dom0/autoconf

# addresses and routes of the host
cat > /run/domus/networks/routed/bridge.ip <<'DOMUS'
address add 192.0.2.1/24 broadcast + dev dom0
address add 2001:db8:2::1/64 dev dom0
link set dev dom0 up
DOMUS
chmod 0644 /run/domus/networks/routed/bridge.ip

# give the bridge its addresses and bring it up
ip -batch /run/domus/networks/routed/bridge.ip

# notes on packet forwarding
mkdir -p -m 0755 /run/domus-forwarding

# who needs the host to forward packets
mkdir -p -m 0755 /run/domus-forwarding/users

# this network needs it
cat > /run/domus-forwarding/users/system:routed <<'DOMUS'
ipv4 ipv6
DOMUS
chmod 0644 /run/domus-forwarding/users/system:routed

# it was off, and is to be so again
cat > /run/domus-forwarding/ipv4 <<'DOMUS'
0
DOMUS
chmod 0644 /run/domus-forwarding/ipv4

# the host forwards ipv4
echo 1 >/proc/sys/net/ipv4/ip_forward

# it was off, and is to be so again
cat > /run/domus-forwarding/ipv6 <<'DOMUS'
0
DOMUS
chmod 0644 /run/domus-forwarding/ipv6

# the host forwards ipv6
echo 1 >/proc/sys/net/ipv6/conf/all/forwarding

# rules of the other networks
cat > /run/domus/networks/routed/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 /run/domus/networks/routed/rules.before.nft

# rules of all networks
cat > /run/domus/networks/routed/rules.nft <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network routed"
    iifname "dom0" oifname "eth1" ip saddr 192.0.2.0/24 accept
    iifname "dom0" oifname "eth1" ip6 saddr 2001:db8:2::/64 accept
    iifname "dom0" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network routed"
    oifname "dom0" iifname "eth1" ip daddr 192.0.2.0/24 accept
    oifname "dom0" iifname "eth1" ip6 daddr 2001:db8:2::/64 accept
    oifname "dom0" reject with icmpx admin-prohibited
  }
}
DOMUS
chmod 0600 /run/domus/networks/routed/rules.nft

# all rules in one transaction
nft -f /run/domus/networks/routed/rules.nft

# addresses for guests
mkdir -p -m 0755 /run/domus/networks/routed/hosts

# names of guests
mkdir -p -m 0755 /run/domus/networks/routed/names

# configuration of dnsmasq
cat > /run/domus/networks/routed/dnsmasq.conf <<'DOMUS'
pid-file=/run/domus/networks/routed/dnsmasq.pid
user=dnsmasq
interface=dom0
except-interface=lo
bind-dynamic
strict-order
port=0
dhcp-range=2001:db8:2::,ra-only,64
enable-ra
dhcp-leasefile=/var/lib/domus/networks/routed/leases
DOMUS
chmod 0644 /run/domus/networks/routed/dnsmasq.conf

# DHCP and DNS (network.xml:4)
dnsmasq --conf-file=/run/domus/networks/routed/dnsmasq.conf
