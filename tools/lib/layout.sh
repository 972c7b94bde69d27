# Where things lie: the one place that knows.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
build_root=$top/build
logs=$build_root/log
default_stage=$build_root/stage
prefix=$build_root/prefix
internet_table=$build_root/data/internet.txt

# Where a file of the build goes in a stage. Columns: part, build directory, file there (a
# source file when the build directory is -), place in the stage.
readonly stage_table='
winelib64  win64  dlls/rtm/winelib/rtm.dll.so    winelib/x86_64-unix/rtm.dll.so
winelib64  win64  dlls/rtm/winelib/rtm.dll       winelib/x86_64-windows/rtm.dll
pe64       win64  dlls/rtm/pe/rtm.dll            pe/x86_64-windows/rtm.dll
pe32       win32  dlls/rtm/pe/rtm.dll            pe/i386-windows/rtm.dll
demo64     win64  demo/rtmdemo.exe               bin/x86_64/rtmdemo.exe
demo32     win32  demo/rtmdemo.exe               bin/i386/rtmdemo.exe
demo64     win64  programs/rtmdump/rtmdump.exe   bin/x86_64/rtmdump.exe
demo32     win32  programs/rtmdump/rtmdump.exe   bin/i386/rtmdump.exe
sdk        -      include/rtmv2.h                include/rtmv2.h
sdk        -      include/mgm.h                  include/mgm.h
sdk        -      include/rtm.h                  include/rtm.h
sdk        -      include/wine_mgm.h             include/wine_mgm.h
sdk        win64  dlls/rtm/implib/librtm.a       lib/x86_64-w64-mingw32/librtm.a
sdk        win32  dlls/rtm/implib/librtm.a       lib/i686-w64-mingw32/librtm.a
'
readonly all_parts=(winelib64 pe64 pe32 demo64 demo32 sdk)

# What tools/test runs: the Meson suites of each form; a new suite belongs here. Columns: form,
# build directory, suite.
readonly test_table='
native   win64  native
winelib  win64  winelib
pe       win64  pe
pe32     win32  pe
asan     asan   native
tsan     tsan   native
fuzz     fuzz   fuzz
guard    guard  guard
'
readonly all_forms=(native winelib pe pe32 asan tsan fuzz guard)

# table_rows TABLE KEY...: the rest of the rows whose first column is one of KEYs.
table_rows() {
    local table=$1 key rest
    shift
    while read -r key rest; do
        [[ $key && " $* " == *" $key "* ]] && printf '%s\n' "$rest"
    done <<<"$table"
    return 0
}

# stage_rows PART...: build directory, file, place.
stage_rows() { table_rows "$stage_table" "$@"; }

# test_rows FORM...: build directory, suite.
test_rows() { table_rows "$test_table" "$@"; }
