# Installing Debian packages, without questions, with progress.
# shellcheck shell=bash

apt_log=$logs/apt.log
lists_complete=yes lists_read=

# apt_quiet ARGS...: apt-get as scripts want it, all it says into the log.
apt_quiet() {
    printf '\n$ apt-get %s\n' "$*" >>"$apt_log"
    env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -y -q \
        -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@" \
        >>"$apt_log" 2>&1 </dev/null 9>&-
}

# apt_shown ARGS...: the same with progress, which apt writes to fd 3.
apt_shown() {
    { apt_quiet -o APT::Status-Fd=3 "$@" 3>&1 >/dev/null; } | apt_progress
}

apt_progress() {
    local kind percent text before=
    while IFS=: read -r kind _ percent text; do
        [[ $kind == dlstatus || $kind == pmstatus ]] || continue
        [[ $kind == "$before" ]] || progress_end
        before=$kind
        case $kind in
            dlstatus) progress "$percent" 'downloading' ;;
            pmstatus) progress "$percent" "$text" ;;
        esac
    done
    progress_end
}

# apt_update: a part that fails (a mirror in mid-update, somebody else's broken list) must not
# stop us: what is needed may well be in the rest.
apt_update() {
    step 'reading the package lists (apt-get update)'
    lists_read=yes
    apt_quiet update && return 0
    lists_complete=
    warn "some package lists could not be read; going on without them (see $apt_log)"
}

# known PACKAGE: whether apt could install it.
known() { [[ $(LC_ALL=C apt-cache policy "$1" 2>/dev/null) == *'Candidate: '[!\(]* ]]; }

# apt_install PACKAGE...
apt_install() {
    local options=(install --no-install-recommends)
    apt_shown "${options[@]}" "$@" && return 0
    if grep -q 'dpkg was interrupted' "$apt_log"; then
        step 'an earlier installation was interrupted: finishing it first (dpkg --configure -a)'
        DEBIAN_FRONTEND=noninteractive dpkg --configure -a >>"$apt_log" 2>&1 </dev/null || return 1
        apt_shown "${options[@]}" "$@" && return 0
    fi
    # 64- and 32-bit libraries must have one version. When one CPU's list of the updates is stale,
    # the release itself still has a version that both share.
    grep -qE 'unmet dependencies|held broken packages' "$apt_log" || return 1
    local release
    release=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME-}")
    [[ $release ]] || return 1
    step "versions do not fit together; trying those of $release itself"
    apt_shown "${options[@]}" -t "$release" "$@"
}

# apt_provide PACKAGE...: all of them, or the reason why not.
apt_provide() {
    local packages=("$@") foreign=
    local list="${packages[*]}"
    [[ " $list" == *:i386* ]] && foreign=yes
    command -v apt-get >/dev/null ||
        die "missing: $(join ', ' "${missing_things[@]}")" \
            "install them with your package manager (Debian has them in $list)"
    if ((EUID)); then
        local by_hand="sudo apt-get update; sudo apt-get install --no-install-recommends $list"
        [[ ! $foreign ]] || by_hand="sudo dpkg --add-architecture i386; $by_hand"
        die 'packages are missing' "run this once as root, or do: $by_hand"
    fi
    mkdir -p "$logs"
    : >"$apt_log"
    step "installing what is missing: $list"
    [[ $foreign ]] && add_i386
    apt_update
    if [[ $foreign ]] && ! known wine32:i386; then
        without wine32:i386 # newer Wines run 32-bit programs by themselves
        ((${#packages[@]})) || return 0
    fi
    local started=$SECONDS
    apt_install "${packages[@]}" ||
        die_with_log "$apt_log" "apt-get could not install $list" \
            'mend what the lines above say (no network? a stale mirror?) and run this again'
    step "installed in $((SECONDS - started)) s"
}

# apt_optional PACKAGE...: the same for what one can do without. Whether they could be had.
apt_optional() {
    step "installing $*"
    [[ $lists_read ]] || apt_update
    apt_install "$@"
}

# without PACKAGE: takes it out of apt_provide's packages.
without() {
    local package kept=()
    for package in "${packages[@]}"; do
        [[ $package == "$1" ]] || kept+=("$package")
    done
    packages=("${kept[@]}")
}

# Debian keeps 32-bit Wine among the packages of the i386 architecture.
add_i386() {
    [[ " $(dpkg --print-foreign-architectures | tr '\n' ' ') " == *' i386 '* ]] && return 0
    step 'switching on i386 packages, for 32-bit Wine (dpkg --add-architecture i386)'
    dpkg --add-architecture i386 >>"$apt_log" 2>&1 ||
        die_with_log "$apt_log" 'dpkg could not add the i386 architecture' \
            'mend what the lines above say and run this again'
}
