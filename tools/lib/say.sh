# Messages. All of them go to stderr: stdout belongs to the program that is run.
# shellcheck shell=bash

# What a command of ours exits with when it fails itself.
failure_code=1

step() { printf '==> %s\n' "$*" >&2; }
warn() { printf 'warning: %s\n' "$*" >&2; }

# die WHAT WHAT-TO-DO [MORE...]: one clear line, and at need some more.
die() {
    printf 'error: %s; %s\n' "$1" "$2" >&2
    shift 2
    local line
    for line; do printf '       %s\n' "$line" >&2; done
    exit "$failure_code"
}

on_terminal() { [[ -t 2 && ${TERM:-dumb} != dumb ]]; }

progress_shown=-1

# progress PERCENT TEXT: a line that redraws itself; not on a terminal, a line every 20 percent.
progress() {
    local percent=${1%%.*} text=$2
    if on_terminal; then
        printf '\r\033[K    %3d %%  %.60s' "$percent" "$text" >&2
    elif ((progress_shown < 0 || percent / 20 > progress_shown / 20)); then
        printf '    %3d %%  %s\n' "$percent" "$text" >&2
    fi
    progress_shown=$percent
}

# The next progress line begins a new count.
progress_end() {
    if ((progress_shown >= 0)) && on_terminal; then printf '\r\033[K' >&2; fi
    progress_shown=-1
}

# die_with_log LOG WHAT WHAT-TO-DO [MORE...]: the lines of the log that matter, then the error, so
# that it is read last.
die_with_log() {
    local log=$1
    shift
    printf -- '--- from %s:\n' "$log" >&2
    log_end "$log" | sed 's/^/    /' >&2
    if grep -qiE 'no space left|enough free space|disk quota' "$log"; then
        die "$1: the disk is full" 'free some space (all takes about 5 GB) and run this again'
    fi
    die "$@"
}

# log_end LOG: from the first failure that Ninja reports, or else the last lines.
log_end() {
    if grep -q '^FAILED:' "$1"; then
        sed -n '/^FAILED:/,$p' "$1" | head -n 40
    else
        grep -v '^[[:space:]]*$' "$1" | tail -n 15 || true
    fi
}

# need_space MEGABYTES DIR WHAT: better said now than half-way.
need_space() {
    local free
    free=$(df -Pm "$2" | awk 'NR == 2 { print $4 }')
    [[ $free =~ ^[0-9]+$ ]] || return 0
    ((free >= $1)) ||
        die "$3 needs $1 MB of disk space, and only $free MB are free" \
            'free some space and run this again'
}
