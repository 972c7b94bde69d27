# Configuring and compiling with Meson and Ninja.
# shellcheck shell=bash

# setup_options BUILD: one option a line.
setup_options() {
    case $1 in
        win64 | win32) printf '%s\n' --cross-file "build-$1.txt" ;;
        asan) printf '%s\n' -Dwinelib=disabled -Db_sanitize=address,undefined -Db_lundef=false ;;
        tsan) printf '%s\n' -Dwinelib=disabled -Db_sanitize=thread -Db_lundef=false ;;
        fuzz) printf '%s\n' -Dwinelib=disabled -Dfuzz=true -Db_lundef=false ;;
        guard) printf '%s\n' -Dwinelib=disabled -Dguard=true ;;
    esac
}

# setup_env BUILD: variables for the set-up, one a line.
setup_env() {
    case $1 in
        fuzz) printf '%s\n' CC=clang CXX=clang++ ;;
    esac
}

# logged LOG COMMAND...
logged() {
    local log=$1
    shift
    (cd "$top" && "$@") >"$log" 2>&1 </dev/null 9>&-
}

# configure BUILD TESTS: once; afterwards Ninja configures anew by itself. A tree that was
# configured without tests (true, false) gets them when they are asked for.
configure() {
    local build=$1 tests=$2 options env
    local dir=$build_root/$build log=$logs/configure-$build.log
    if [[ ! -e $dir/build.ninja ]]; then
        [[ $top != *[[:space:]:]* ]] ||
            die "the path of this checkout, $top, holds a space or a colon" \
                'move it: wineg++ and WINEDLLPATH cannot bear that'
        step "configuring build/$build"
        rm -rf "$dir"
        mapfile -t options < <(setup_options "$build")
        mapfile -t env < <(setup_env "$build")
        logged "$log" env "${env[@]}" meson setup "$dir" "${options[@]}" "-Dtests=$tests" ||
            die_with_log "$log" "Meson could not configure build/$build" \
                "read $dir/meson-logs/meson-log.txt"
    elif [[ $tests == true && ! -e $dir/.with-tests ]]; then
        step "adding the tests to build/$build"
        logged "$log" meson configure "$dir" -Dtests=true ||
            die_with_log "$log" "Meson could not add the tests to build/$build" \
                "delete $dir and run this again"
    fi
    [[ $tests == false ]] || touch "$dir/.with-tests"
}

# configure_anew BUILD...: those that are there look again for what they had not found.
configure_anew() {
    local build
    for build; do
        [[ ! -e $build_root/$build/build.ninja ]] ||
            logged "$logs/configure-$build.log" meson setup --reconfigure "$build_root/$build" ||
            warn "build/$build could not be configured anew"
    done
}

# compile BUILD [TARGET...]: what is out of date of these targets, or of all.
compile() {
    local build=$1 log=$logs/compile-$1.log
    shift
    : >"$log"
    NINJA_STATUS='[%f/%t] ' ninja -C "$build_root/$build" "$@" 2>&1 </dev/null 9>&- |
        tee -a "$log" | ninja_progress "$build" && return 0
    die_with_log "$log" "build/$build could not be compiled" "read $log"
}

ninja_progress() {
    local line began=
    while IFS= read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (.*) ]] || continue
        [[ $began ]] || step "compiling build/$1"
        began=yes
        progress $((100 * BASH_REMATCH[1] / BASH_REMATCH[2])) "${BASH_REMATCH[3]}"
    done
    progress_end
}
