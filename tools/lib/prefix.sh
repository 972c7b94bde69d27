# The Wine prefix: made once, kept in build/prefix, mended when broken.
# shellcheck shell=bash

prefix_log=$logs/prefix.log
prefix_stamp=$prefix/.complete

# Which Wine the prefix belongs to; it changes with every update of Wine.
wine_identity() {
    local dir
    while read -r dir; do
        stat -c '%Y %s' "$dir/x86_64-windows/ntdll.dll" 2>/dev/null && return 0
    done < <(wine_dirs)
    return 0
}

# prefix_fault: what is wrong with the prefix; nothing if it is fine. A 64-bit prefix is of no use
# to a Wine that got its 32-bit half later, and wineboot -u does not mend that.
prefix_fault() {
    local windows=$prefix/drive_c/windows
    if [[ ! -e $prefix_stamp || ! -s $prefix/system.reg ||
        ! -e $windows/system32/kernel32.dll ]]; then
        echo 'it is incomplete or damaged'
    elif [[ ! -e $windows/syswow64/kernel32.dll ]] && wine_has i386-windows/ntdll.dll; then
        echo 'it was made before Wine could run 32-bit programs'
    fi
}

ensure_prefix() {
    local fault
    if [[ ! -e $prefix ]]; then
        step 'making a Wine prefix in build/prefix (once; about half a minute)'
        make_prefix
    elif fault=$(prefix_fault) && [[ $fault ]]; then
        step "making the Wine prefix in build/prefix anew: $fault"
        make_prefix
    elif [[ $(<"$prefix_stamp") != "$(wine_identity)" ]]; then
        step 'Wine has changed: updating the Wine prefix in build/prefix'
        stop_wine
        boot_prefix -u
    fi
    if ! wine_wake; then
        step 'making the Wine prefix in build/prefix anew: no program starts in it'
        make_prefix
        wine_wake || true
    fi
    fault=$(prefix_fault)
    [[ ! $fault ]] || die "the Wine prefix build/prefix does not work: $fault" \
        "delete $prefix and run this again; if that does not help, read $prefix_log"
}

make_prefix() {
    stop_wine
    rm -rf "$prefix"
    need_space 1600 "$build_root" 'the Wine prefix'
    mkdir -p "$prefix"
    boot_prefix -i
}

# boot_prefix OPTION: wineboot, and then wait until the registry is on the disk.
boot_prefix() {
    local server started=$SECONDS
    rm -f "$prefix_stamp"
    wine_quiet wine wineboot "$1" >"$prefix_log" 2>&1 ||
        die_with_log "$prefix_log" 'Wine could not set up the prefix build/prefix' \
            "delete $prefix and run this again; if that does not help, reinstall Wine"
    if server=$(wineserver_command); then wine_quiet "$server" -w >>"$prefix_log" 2>&1 || true; fi
    wine_identity >"$prefix_stamp"
    step "the prefix is ready ($((SECONDS - started)) s)"
}

stop_wine() {
    local server
    [[ -e $prefix ]] && server=$(wineserver_command) || return 0
    wine_quiet "$server" -k >/dev/null 2>&1 || true
}

# put_in_prefix STAGE: Wine looks for a dll of its own only if the prefix names one. Which file
# it then loads is up to WINEDLLPATH; so whichever form comes first serves all.
put_in_prefix() {
    local windows=$prefix/drive_c/windows file
    for file in "$1"/{winelib,pe}/x86_64-windows/rtm.dll; do
        [[ -e $windows/system32/rtm.dll || ! -e $file ]] || put "$file" "$windows/system32/rtm.dll"
    done
    file=$1/pe/i386-windows/rtm.dll
    [[ ! -e $file || ! -d $windows/syswow64 ]] || put "$file" "$windows/syswow64/rtm.dll"
}
