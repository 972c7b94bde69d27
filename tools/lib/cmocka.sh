# CMocka's source, from which the tests for Windows are built: Debian has no mingw package of it.
# shellcheck shell=bash

wrap_value() { sed -n "s/^$1 *= *//p" "$top/subprojects/cmocka.wrap"; }

# ensure_cmocka: puts the archive that subprojects/cmocka.wrap names where Meson looks for it.
ensure_cmocka() {
    local archive hash fetched
    local place=$top/subprojects/packagefiles work=$build_root/cmocka-source
    local apt_log=$logs/apt-source.log # apt.sh writes there
    archive=$(wrap_value source_filename) hash=$(wrap_value source_hash)
    [[ -d $top/subprojects/$(wrap_value directory) ]] && return 0
    [[ -e $place/$archive ]] && has_hash "$place/$archive" "$hash" && return 0
    command -v apt-get >/dev/null ||
        die "the tests need $archive, and there is no apt-get to fetch it" \
            "put the file (sha256 $hash) into subprojects/packagefiles/"
    step "fetching $archive (apt-get source), to build CMocka for Windows"
    : >"$apt_log"
    rm -rf "$work"
    fetch_source cmocka "$work" || true
    fetched=$(cd "$work" && compgen -G 'cmocka_*.orig.tar.*' | head -n 1) || fetched=
    [[ ! $fetched || -e $work/$archive ]] ||
        die "this Debian release has $fetched, and the tests are made for $archive" \
            "put the file (sha256 $hash) into subprojects/packagefiles/"
    [[ $fetched ]] || die_with_log "$apt_log" "apt-get could not fetch $archive" \
        'mend what the lines above say and run this again'
    has_hash "$work/$archive" "$hash" ||
        die "the $archive that apt-get fetched is not the expected one" \
            "put the one with sha256 $hash into subprojects/packagefiles/"
    mkdir -p "$place"
    mv -f "$work/$archive" "$place/"
    rm -rf "$work"
}

has_hash() { [[ $(sha256sum "$1") == "$2 "* ]]; }

# fetch_source PACKAGE DIR: apt-get source, with the machine's own package sources as deb-src, in
# lists of our own below DIR: the machine's configuration stays as it is.
fetch_source() {
    local package=$1 dir=$2 file
    mkdir -p "$dir"/{parts,lists/partial,archives/partial}
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [[ -e $file ]] && sed -n 's/^deb /deb-src /p' "$file" >>"$dir/parts/one-line.list"
    done
    for file in /etc/apt/sources.list.d/*.sources; do
        [[ -e $file ]] && sed 's/^Types:.*/Types: deb-src/' "$file" >"$dir/parts/${file##*/}"
    done
    local own=(-o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$dir/parts"
        -o "Dir::State::lists=$dir/lists" -o "Dir::Cache=$dir" -o Acquire::Languages=none)
    apt_quiet "${own[@]}" update || true # somebody else's source may have no deb-src
    (cd "$dir" && apt_quiet "${own[@]}" source --download-only --tar-only "$package")
}
