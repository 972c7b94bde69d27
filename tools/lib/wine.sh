# Finding Wine, and starting programs in it.
# shellcheck shell=bash

# The directories that may hold Wine's dlls: Debian's, other distributions', WineHQ's, and
# those beside the wine command.
wine_dirs() {
    local dir home
    home=$(readlink -f "$(command -v wine)" 2>/dev/null) || home=/usr/bin/wine
    home=${home%/bin/*}
    for dir in /usr/lib/{x86_64-linux-gnu,i386-linux-gnu}/wine /usr/{lib,lib64,lib32}/wine \
        /opt/wine-*/{lib,lib64}/wine "$home"/{lib,lib64,lib32}/wine; do
        [[ -d $dir ]] && printf '%s\n' "$dir"
    done
    return 0
}

# wine_has PATH: whether a Wine directory has it, e.g. i386-windows/ntdll.dll.
wine_has() {
    local dir
    while read -r dir; do [[ -e $dir/$1 ]] && return 0; done < <(wine_dirs)
    return 1
}

# Debian's newer releases keep wineserver off the PATH.
wineserver_command() {
    local dir
    command -v wineserver && return 0
    while read -r dir; do
        [[ -x $dir/wineserver ]] && printf '%s\n' "$dir/wineserver" && return 0
    done < <(wine_dirs)
    return 1
}

# An rtm.dll installed in Wine itself comes before the one that we just built.
warn_of_installed_rtm() {
    local dir
    while read -r dir; do
        for dir in "$dir"/{x86_64,i386}-{windows,unix}/rtm.dll{,.so}; do
            [[ ! -e $dir ]] ||
                warn "Wine uses the installed $dir, not the one built here; remove it"
        done
    done < <(wine_dirs)
    return 0
}

# wine_quiet COMMAND...: runs one of Wine's own commands in our prefix, without dialogs, silent.
# Fd 9 is the lock of lock.sh, which Wine's services must not inherit.
wine_quiet() {
    env -u DISPLAY -u WAYLAND_DISPLAY WINEPREFIX="$prefix" WINEDEBUG=-all \
        WINEDLLOVERRIDES='mscoree,mshtml=' "$@" </dev/null 9>&-
}

# wine_loader CPU: the command that starts programs of this CPU. Where Wine has a loader of its own
# for 64 bit, 'wine' is the 32-bit one: it would start a 64-bit program by way of another process,
# which is slower and keeps signals from it.
wine_loader() {
    if [[ $1 == x86_64 ]]; then
        command -v wine64 && return 0
        [[ -x /usr/lib/wine/wine64 ]] && echo /usr/lib/wine/wine64 && return 0
    fi
    command -v wine
}

# Starts Wine's server and services if they do not run, and keeps them for 30 s after the last
# program: the next one then starts ten times as fast. They start here, with /dev/null for
# output, because they would hold the program's stdout and stderr open, and `... | less` hang.
# Fails when Wine does.
wine_wake() {
    local server
    if server=$(wineserver_command) && ! wine_quiet "$server" -p30 >/dev/null 2>&1; then
        return 0 # it runs already
    fi
    wine_quiet "$(wine_loader x86_64)" cmd.exe /c exit >/dev/null 2>&1
}

# What is shown of Wine's own messages: rtm's fixmes and errors, and what keeps a program from
# loading.
readonly quiet_debug=fixme-all,err-all,err+module,fixme+rtm,err+rtm

# wine_environment: what programs find rtm.dll by, once WINEDLLPATH names the stage's of one form.
wine_environment() {
    export WINEPREFIX=$prefix
    export WINEDLLOVERRIDES="rtm=b${WINEDLLOVERRIDES:+;$WINEDLLOVERRIDES}"
    export WINEDEBUG=${WINEDEBUG-$quiet_debug}
    unset WINEARCH
}

# wine_exec CPU FORM PROGRAM ARGS...: becomes the program, with the stage's rtm.dll in that form.
wine_exec() {
    local loader form=$2
    loader=$(wine_loader "$1")
    shift 2
    wine_environment
    export WINEDLLPATH=$default_stage/$form
    exec "$loader" "$@"
}
