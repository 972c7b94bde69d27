# Other people's routing daemons, for tools/bench. They are unpacked, not installed: an installed
# one is started, and would care for the routes of this machine.
# shellcheck shell=bash

peers_dir=$build_root/peers

# unpack_peers: makes what it can; the benchmarks do without the rest.
unpack_peers() {
    local package
    for package in bird2 frr; do
        [[ -e $peers_dir/.$package ]] || unpack_peer "$package" ||
            warn "there will be no $package among the peers (see $apt_log)"
    done
}

# unpack_peer PACKAGE: below build/peers, as below /.
unpack_peer() {
    command -v apt-get >/dev/null || return 1
    step "unpacking $1 into build/peers"
    rm -rf "$peers_dir/download"
    mkdir -p "$peers_dir/download" "$logs"
    (cd "$peers_dir/download" && apt_quiet download "$1") &&
        dpkg-deb -x "$peers_dir/download"/"$1"_*.deb "$peers_dir" && touch "$peers_dir/.$1"
}
