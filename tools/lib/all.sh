# Everything in this directory, for the commands above it.
# shellcheck shell=bash source-path=SCRIPTDIR

lib=${BASH_SOURCE[0]%/*}
for command in readlink flock od awk sed grep stat df numfmt; do
    if ! command -v "$command" >/dev/null; then
        printf 'error: the command %s is missing; install it\n' "$command" >&2
        exit 1
    fi
done

source "$lib/say.sh"
source "$lib/layout.sh"
source "$lib/lock.sh"
source "$lib/pe.sh"
source "$lib/wine.sh"
source "$lib/needs.sh"
source "$lib/apt.sh"
source "$lib/build.sh"
source "$lib/stage.sh"
source "$lib/cmocka.sh"
source "$lib/prefix.sh"
source "$lib/tally.sh"
source "$lib/internet_table.sh"
source "$lib/peers.sh"
