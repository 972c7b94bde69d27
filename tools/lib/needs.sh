# What must be on the machine, and what provides it.
# shellcheck shell=bash

# Columns: set, what is looked for, Debian package, what it is for.
readonly needs_table='
build   command:meson                            meson                        the build
build   command:ninja                            ninja-build                  the build
build   command:pkg-config                       pkg-config                   the build
build   command:g++                              g++                          the compiler
win     command:winebuild                        wine64-tools                 Wine dlls
win     header:wine/debug.h                      libwine-dev                  Wine dlls
win64   command:wineg++                          wine64-tools                 Wine dlls
win64   command:x86_64-w64-mingw32-g++-posix     g++-mingw-w64-x86-64-posix   64-bit Windows code
win32   command:i686-w64-mingw32-g++-posix       g++-mingw-w64-i686-posix     32-bit Windows code
wine64  command:wine                             wine                         Wine
wine64  wine:x86_64-windows/ntdll.dll            wine64                       64-bit programs
wine32  wine:i386-windows/ntdll.dll              wine32:i386                  32-bit programs
fuzz    command:clang++                          clang                        the fuzzer
fuzz    header:wine/debug.h                      libwine-dev                  Wine headers
fuzz    clang:libclang_rt.fuzzer-x86_64.a        libclang-rt-14-dev           the fuzzer
tests   header:cmocka.h                          libcmocka-dev                the tests
table   table:database                           libloc-database              routes of the Internet
table   python:location                          python3-location             routes of the Internet
guard   header:wine/debug.h                      libwine-dev                  Wine headers
guard   header:valgrind/callgrind.h              valgrind                     counting instructions
guard   python:json                              python3                      comparing the counts
bench   python:json                              python3                      the benchmarks
peers   header:benchmark/benchmark.h             libbenchmark-dev             timing without Wine
peers   header:dpdk/rte_fib.h                    libdpdk-dev                  tables of DPDK
peers   library:libyang.so.2                     libyang2                     the table of FRR
peers   library:libjson-c.so.5                   libjson-c5                   the table of FRR
peers   library:libssh-gcrypt.so.4               libssh-gcrypt-4              BIRD
peers   command:gnuplot                          gnuplot-nox                  plots
'

# present CHECK: whether the thing looked for is there. Files and commands, not package names:
# that is quick, and right on other distributions too.
present() {
    local what=${1#*:}
    case $1 in
        command:*) command -v "$what" >/dev/null ;;
        wine:*) wine_has "$what" ;;
        clang:*) [[ -e $(clang++ --print-runtime-dir 2>/dev/null)/$what ]] ;;
        header:*) [[ -e /usr/include/$what || -e /usr/include/wine/$what ]] ;;
        library:*) [[ $(ldconfig -p 2>/dev/null || /sbin/ldconfig -p) == *"$what "* ]] ;;
        table:*) [[ $(internet_database) ]] ;;
        python:*) /usr/bin/python3 -c "import $what" 2>/dev/null ;;
    esac
}

# find_missing SET...: fills missing_packages and missing_things.
find_missing() {
    local wanted=" $* " set check package purpose
    missing_packages=() missing_things=()
    while read -r set check package purpose; do
        [[ $set && $wanted == *" $set "* ]] || continue
        present "$check" && continue
        missing_things+=("${check#*:} ($purpose)")
        [[ " ${missing_packages[*]} " == *" $package "* ]] || missing_packages+=("$package")
    done <<<"$needs_table"
}

# provide SET...: installs what is missing of these sets; returns at once when nothing is.
provide() {
    [[ $(uname -m) == x86_64 ]] ||
        die "this machine's CPU is $(uname -m)" 'rtm.dll is built and run on x86_64 only'
    find_missing "$@"
    ((${#missing_packages[@]})) || return 0
    apt_provide "${missing_packages[@]}"
    hash -r
    find_missing "$@"
    ((${#missing_packages[@]} == 0)) && return 0
    [[ ${missing_packages[*]} != wine32:i386 ]] || die_without_32bit
    die "still missing after the installation: $(join ', ' "${missing_things[@]}")" \
        "read $logs/apt.log"
}

# What to do where 32-bit programs cannot run; each command has its own advice.
instead_of_32bit='use a 64-bit build of the program'

die_without_32bit() {
    [[ $lists_complete ]] ||
        die 'no 32-bit Wine: the package lists of i386 could not be read' \
            "try again later (a mirror in mid-update? $apt_log tells), or $instead_of_32bit"
    die 'this Wine cannot run 32-bit programs: it has no i386-windows/ntdll.dll' \
        "install 32-bit Wine (on Debian: wine32:i386), or $instead_of_32bit"
}

# join SEPARATOR WORD...
join() {
    local separator=$1 joined=$2 word
    shift 2
    for word; do joined+=$separator$word; done
    printf '%s' "$joined"
}
