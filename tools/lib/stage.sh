# Laying out what was built the way Wine looks for it.
# shellcheck shell=bash

# fresh FROM TO: whether TO is a copy of FROM made by put.
fresh() { [[ -e $2 && ! $1 -nt $2 && ! $2 -nt $1 ]]; }

# put FROM TO: copies, unless that was done. A new file takes the old one's place at once, for a
# program that runs may have the old one mapped.
put() {
    fresh "$1" "$2" && return 0
    if ! { mkdir -p "${2%/*}" && cp -p -- "$1" "$2.new" && mv -f -- "$2.new" "$2"; }; then
        die "cannot write $2" 'is the disk full, or the directory not yours?'
    fi
}

# build_parts TESTS PART...: configures and compiles what these parts of the stage need.
build_parts() {
    local tests=$1 build from to
    local -A targets=()
    shift
    while read -r build from to; do
        [[ $build == - ]] || targets[$build]+=" $from"
    done < <(stage_rows "$@")
    for build in win64 win32; do
        [[ ${targets[$build]-} ]] || continue
        configure "$build" "$tests"
        # shellcheck disable=SC2086 # a list of targets without spaces
        compile "$build" ${targets[$build]}
    done
}

# stage_parts DIR PART...: copies what these parts consist of.
stage_parts() {
    local dir=$1 build from to
    shift
    while read -r build from to; do
        if [[ $build == - ]]; then from=$top/$from; else from=$build_root/$build/$from; fi
        put "$from" "$dir/$to"
    done < <(stage_rows "$@")
}

# show_stage DIR PART...: a table of what lies there.
show_stage() {
    local dir=$1 build from to
    shift
    while read -r build from to; do
        printf '%8s  %s\n' "$(numfmt --to=iec "$(stat -c %s "$dir/$to")")" "$to"
    done < <(stage_rows "$@")
}
