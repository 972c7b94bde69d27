# Two commands at once in one checkout: the second waits for the first to finish preparing.
# shellcheck shell=bash

# with_lock COMMAND...: fd 9 holds the lock, for exactly as long as COMMAND runs.
with_lock() {
    mkdir -p "$build_root" "$logs" 2>/dev/null && [[ -w $logs && -w $build_root ]] ||
        die "cannot write to $build_root" 'use a checkout of your own, and a disk that is not full'
    {
        if ! flock -n 9; then
            step 'another command is at work in this checkout: waiting for it'
            flock 9
        fi
        "$@"
    } 9>"$build_root/.lock"
}
