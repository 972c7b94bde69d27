# The table of the Internet: all announced prefixes, for the demo and the benchmarks.
# shellcheck shell=bash

internet_log=$logs/internet_table.log
# Tells that it cannot be had, so that not every command tries anew.
internet_table_none=${internet_table%/*}/no-internet-table

# internet_database: the file that Debian's libloc-database brings; nothing if it is not there.
internet_database() {
    { dpkg -L libloc-database 2>/dev/null || true; } | grep '/location\.db$' || true
}

# ensure_internet_table: makes $internet_table, once. Where it cannot be had this fails, having said
# why.
ensure_internet_table() {
    [[ ! -s $internet_table ]] || return 0
    mkdir -p "${internet_table%/*}" "$logs"
    if [[ -e $internet_table_none ]]; then
        step "no table of the Internet: $(<"$internet_table_none")"
        return 1
    fi
    find_missing table
    if ((${#missing_packages[@]})) && ! provide_internet_packages; then return 1; fi
    make_internet_table
}

provide_internet_packages() {
    local packages
    packages=$(join ', ' "${missing_packages[@]}")
    if ((EUID)) || ! command -v apt-get >/dev/null; then
        step "no table of the Internet: that takes the packages $packages"
        return 1
    fi
    apt_optional "${missing_packages[@]}" && find_missing table
    ((${#missing_packages[@]})) || return 0
    no_internet_table "the packages $packages could not be installed"
}

make_internet_table() {
    local started=$SECONDS
    step 'writing the table of the Internet to build/data/internet.txt (once)'
    if ! /usr/bin/python3 "$lib/internet_table.py" "$(internet_database)" \
        >"$internet_table.new" 2>"$internet_log"; then
        rm -f "$internet_table.new"
        no_internet_table "it could not be read (see $internet_log)"
        return 1
    fi
    mv -f "$internet_table.new" "$internet_table"
    step "$(wc -l <"$internet_table") prefixes ($((SECONDS - started)) s)"
}

# no_internet_table WHY: says so, now and from now on.
no_internet_table() {
    printf '%s (delete %s to try again)\n' "$1" "${internet_table_none#"$top"/}" \
        >"$internet_table_none"
    warn "no table of the Internet: $(<"$internet_table_none")"
    return 1
}
